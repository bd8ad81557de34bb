import type { Role } from '@switchboard/domain';
import type { RouteLocationNormalized, RouteLocationRaw } from 'vue-router';
import { useSession } from '../data/session.ts';
import { destination } from './destination.ts';
import { watchUntil } from './watch-until.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Shown without a session. */
    open?: boolean;
    /** Shown to this role alone; hidden from others. */
    role?: Role;
  }
}

/**
 * Who may open a route: without a session the sign-in, with one everything but that; an admin's
 * route is no place for others. Rules and functions guard the data; this only spares dead ends.
 */
export async function guard(to: RouteLocationNormalized): Promise<RouteLocationRaw | true> {
  const { state, person } = useSession();
  if (state.value === 'starting') await watchUntil(() => state.value !== 'starting');
  const signedIn = state.value === 'signedIn';
  if (to.meta.open) return signedIn ? destination(to.query['next']) : true;
  if (!signedIn) {
    return { path: '/signin', query: to.path === '/inbox/mine' ? {} : { next: to.fullPath } };
  }
  if (to.meta.role !== undefined && person.value?.role !== to.meta.role) return '/inbox/mine';
  return true;
}
