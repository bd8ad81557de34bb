import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ref, shallowRef } from 'vue';
import type { RouteLocationNormalized, RouteMeta } from 'vue-router';
import { destination } from './destination.ts';

const state = ref<'starting' | 'signedOut' | 'signedIn'>('signedOut');
const person = shallowRef<{ role: string } | null>(null);
vi.mock('../data/session.ts', () => ({ useSession: () => ({ state, person }) }));

const { guard } = await import('./guard.ts');

const to = (fullPath: string, meta: RouteMeta = {}, query: Record<string, string> = {}) =>
  ({ path: fullPath.split('?')[0], fullPath, meta, query }) as unknown as RouteLocationNormalized;

beforeEach(() => {
  state.value = 'signedOut';
  person.value = null;
});

describe('a route', () => {
  it('asks for a sign-in first, and remembers where it was to lead', async () => {
    expect(await guard(to('/people', { role: 'admin' }))).toEqual({
      path: '/signin',
      query: { next: '/people' },
    });
    expect(await guard(to('/inbox/mine'))).toEqual({ path: '/signin', query: {} });
  });

  it('waits until it is known who is signed in', async () => {
    state.value = 'starting';
    const answer = guard(to('/inbox/mine'));
    person.value = { role: 'agent' };
    state.value = 'signedIn';
    expect(await answer).toBe(true);
  });

  it('shows the sign-in at once, and leads on from it who is signed in', async () => {
    state.value = 'starting';
    expect(await guard(to('/signin', { open: true }))).toBe(true);
    state.value = 'signedIn';
    expect(await guard(to('/signin', { open: true }, { next: '/inbox/queue' }))).toBe(
      '/inbox/queue',
    );
  });

  it('for admins is no place for others', async () => {
    state.value = 'signedIn';
    person.value = { role: 'supervisor' };
    expect(await guard(to('/people', { role: 'admin' }))).toBe('/inbox/mine');
    person.value = { role: 'admin' };
    expect(await guard(to('/people', { role: 'admin' }))).toBe(true);
  });

  it('for supervisors is one for admins too, and for nobody else', async () => {
    state.value = 'signedIn';
    const answers = [];
    for (const role of ['agent', 'supervisor', 'admin']) {
      person.value = { role };
      answers.push(await guard(to('/alerts', { role: 'supervisor' })));
    }
    expect(answers).toEqual(['/inbox/mine', true, true]);
  });
});

describe('where a sign-in leads', () => {
  it('is a page of ours and never another site', () => {
    expect(destination('/inbox/queue/c1')).toBe('/inbox/queue/c1');
    for (const next of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '/signin?next=/signin',
      ['/a', '/b'],
      undefined,
    ]) {
      expect(destination(next)).toBe('/inbox/mine');
    }
  });
});
