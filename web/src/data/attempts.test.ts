import { aPerson } from '@switchboard/domain/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { closeAttempt, openAttempt } from './attempts.ts';

const state = vi.hoisted(() => ({ local: new Map<string, unknown>(), keeps: true }));
vi.mock('./session.ts', () => ({
  currentPerson: () => ({ ...aPerson(), name: 'Jonas' }),
  onSessionEnd: () => undefined,
}));
vi.mock('./local.ts', () => ({
  updateLocal: async (key: string, change: (kept: unknown) => unknown) => {
    if (!state.keeps) return undefined;
    const next = change(state.local.get(key));
    state.local.set(key, next);
    return next;
  },
  removeLocal: async (key: string) => state.local.delete(key),
}));

beforeEach(() => {
  state.local.clear();
  state.keeps = true;
});

/** The module as another tab of this device has it: nothing but what is kept is shared. */
async function anotherTab(): Promise<typeof import('./attempts.ts')> {
  vi.resetModules();
  return import('./attempts.ts');
}

describe.each([true, false])('An attempt (kept on this device: %s)', (keeps) => {
  beforeEach(() => void (state.keeps = keeps));

  it('has one id for one text until it is closed', async () => {
    const id = await openAttempt('marta', 'reply', 'Hello');
    expect(await openAttempt('marta', 'reply', 'Hello')).toBe(id);
    await closeAttempt('marta', 'reply');
    expect(await openAttempt('marta', 'reply', 'Hello')).not.toBe(id);
    await closeAttempt('marta', 'reply');
  });

  it('is another one for another text, purpose or conversation', async () => {
    const ids = await Promise.all([
      openAttempt('marta', 'reply', 'Hello'),
      openAttempt('marta', 'note', 'Hello'),
      openAttempt('igor', 'reply', 'Hello'),
    ]);
    ids.push(await openAttempt('marta', 'reply', 'Hello again'));
    expect(new Set(ids).size).toBe(4);
  });
});

describe('Attempts of two tabs', () => {
  it('at the same text are one', async () => {
    const other = await anotherTab();
    const ids = [
      openAttempt('marta', 'reply', 'Hello'),
      other.openAttempt('marta', 'reply', 'Hello'),
    ];
    const [id, again] = await Promise.all(ids);
    expect(again).toBe(id);
  });

  it('that one of them has closed are closed in both', async () => {
    const id = await openAttempt('marta', 'reply', 'Hello');
    await (await anotherTab()).closeAttempt('marta', 'reply');
    expect(await openAttempt('marta', 'reply', 'Hello')).not.toBe(id);
  });
});
