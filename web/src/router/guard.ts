import type { Role } from '@switchboard/domain';
import type { RouteLocationNormalized, RouteLocationRaw } from 'vue-router';
import { useSession } from '../data/session.ts';
import { destination } from './destination.ts';
import { watchUntil } from './watch-until.ts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Shown without a session. */
    open?: boolean;
    /** Shown to this role and to admins; hidden from others. */
    role?: Exclude<Role, 'agent'>;
  }
}

/**
 * Who may open a route: without a session the sign-in, with one everything but that; an admin's
 * route is no place for others. Rules and functions guard the data; this only spares dead ends. The
 * sign-in does not wait for a session to be found: where one is, the app leads on.
 */
export async function guard(to: RouteLocationNormalized): Promise<RouteLocationRaw | true> {
  const { state, person } = useSession();
  if (to.meta.open) return state.value === 'signedIn' ? destination(to.query['next']) : true;
  await watchUntil(() => state.value !== 'starting');
  if (state.value === 'signedOut') {
    return { path: '/signin', query: to.path === '/inbox/mine' ? {} : { next: to.fullPath } };
  }
  const may: readonly unknown[] = ['admin', to.meta.role];
  return !to.meta.role || may.includes(person.value?.role) || '/inbox/mine';
}
