import { aPerson } from '@switchboard/domain/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { listQueries, type QuerySpec } from './queries.ts';
import type { SignedIn } from './session.ts';
import type { StoredRow } from './store.ts';

const state = vi.hoisted(() => ({
  local: new Map<string, unknown>(),
  person: null as SignedIn | null,
  endings: [] as (() => void)[],
}));
vi.mock('./local.ts', () => ({
  readLocal: async (key: string) => structuredClone(state.local.get(key)),
  writeLocal: async (key: string, value: unknown) => {
    state.local.set(key, structuredClone(value));
    return true;
  },
}));
vi.mock('./session.ts', () => ({
  currentPerson: () => state.person,
  onSessionEnd: (task: () => void) => state.endings.push(task),
  KEPT_ROWS: 'rows/',
}));

const ana: SignedIn = { ...aPerson({ uid: 'ana', teams: ['support'] }), name: 'Ana Ruiz' };
const queryOf = (list: 'mine' | 'queue' | 'team', person = ana): QuerySpec =>
  listQueries(list, 'open', person)[0]!;
const marta: StoredRow = { id: 'marta', data: { waitingSince: 1 } };
const pavel: StoredRow = { id: 'pavel', data: { waitingSince: 2 } };

/** The app is started, with what this device has. */
async function start() {
  vi.resetModules();
  state.endings = [];
  return (await import('./kept-rows.ts')).keptRows;
}
/** The app is left. */
function leave() {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  document.dispatchEvent(new Event('visibilitychange'));
  vi.restoreAllMocks();
}
const kept = () => Object.keys(state.local.get('rows/ana') ?? {}).length;

beforeEach(() => {
  state.local.clear();
  state.person = ana;
});

describe('Rows that are kept', () => {
  it('are there at the next start, for each list its own', async () => {
    const before = await start();
    before.write(queryOf('mine'), [marta]);
    before.write(queryOf('queue'), [pavel]);
    leave();
    await vi.waitFor(() => expect(kept()).toBe(2));
    const after = await start();
    expect(await after.read(queryOf('mine'))).toEqual([marta]);
    expect(await after.read(queryOf('queue'))).toEqual([pavel]);
    expect(await after.read(queryOf('team'))).toBeNull();
  });

  it('are there for a list that is opened again, as it was last seen', async () => {
    const rows = await start();
    rows.write(queryOf('mine'), [pavel]);
    rows.write(queryOf('mine'), [marta]);
    expect(await rows.read(queryOf('mine'))).toEqual([marta]);
    expect(await rows.read(queryOf('queue'))).toBeNull();
  });

  it('are written some time after they changed, once', async () => {
    vi.useFakeTimers();
    const rows = await start();
    rows.write(queryOf('mine'), [pavel]);
    rows.write(queryOf('mine'), [marta]);
    await vi.runAllTimersAsync();
    vi.useRealTimers();
    expect(await (await start()).read(queryOf('mine'))).toEqual([marta]);
  });

  it('stay for a list that was not opened since', async () => {
    (await start()).write(queryOf('team'), [marta]);
    leave();
    await vi.waitFor(() => expect(kept()).toBe(1));
    (await start()).write(queryOf('mine'), [pavel]);
    leave();
    await vi.waitFor(() => expect(kept()).toBe(2));
  });

  it('are the beginnings of lists only', async () => {
    const rows = await start();
    rows.write({ ...queryOf('mine'), after: { value: 1, id: 'marta' } }, [pavel]);
    rows.write({ ...queryOf('queue'), until: { value: 1, id: 'marta' } }, [pavel]);
    rows.write(queryOf('mine'), [marta]);
    leave();
    await vi.waitFor(() => expect(kept()).toBe(1));
  });

  it('are dropped with the right to see them', async () => {
    const rows = await start();
    rows.write(queryOf('team'), [marta]);
    rows.write(queryOf('mine'), [pavel]);
    state.person = { ...ana, teams: ['billing'] };
    leave();
    await vi.waitFor(() => expect(kept()).toBe(1));
    expect(await (await start()).read(queryOf('team'))).toBeNull();
  });

  it('are another person’s not', async () => {
    (await start()).write(queryOf('queue'), [marta]);
    leave();
    await vi.waitFor(() => expect(kept()).toBe(1));
    state.person = { ...ana, uid: 'jonas' };
    expect(await (await start()).read(queryOf('queue'))).toBeNull();
  });

  it('are not written any more once the session has ended', async () => {
    vi.useFakeTimers();
    const rows = await start();
    rows.write(queryOf('mine'), [marta]);
    state.endings.forEach((end) => end());
    await vi.runAllTimersAsync();
    vi.useRealTimers();
    leave();
    await Promise.resolve();
    expect(kept()).toBe(0);
  });

  it('are nothing where the device holds something else', async () => {
    state.local.set('rows/ana', { [JSON.stringify(queryOf('mine'))]: 'rows' });
    expect(await (await start()).read(queryOf('mine'))).toBeNull();
  });
});
