import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ledger } from './ledger.ts';

const world = vi.hoisted(() => ({ offline: false }));
vi.mock('./connection.ts', () => ({ isOffline: () => world.offline }));
vi.mock('./firebase.ts', () => ({ idToken: async () => 'token' }));

const fetched = vi.fn<typeof fetch>();
const answer = (result: unknown): void => {
  fetched.mockResolvedValue(new Response(JSON.stringify({ result })));
};
beforeEach(() => {
  world.offline = false;
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => vi.unstubAllGlobals());

const sent = { written: 0, delivered: 0, failed: 0, waiting: 0, unknown: 0 };
const book = { code: 'ok', type: 'read', at: 5, hours: [], sent, parked: [], parkedCount: 0 };

describe('The ledger', () => {
  it('is read as it stood on the server', async () => {
    answer(book);
    expect(await ledger({ type: 'read' })).toEqual(book);
  });

  it.each([
    [{ type: 'open', itemId: 'i1' } as const, { code: 'ok', type: 'open', raw: '{}', cut: false }],
    [{ type: 'retry', itemId: 'i1' } as const, { code: 'ok', type: 'changed', fate: 'done' }],
    [
      { type: 'dismiss', itemId: 'i1', note: 'Nothing in it' } as const,
      { code: 'ok', type: 'changed', fate: 'ignored' },
    ],
  ])('answers %j as what it was asked', async (command, answered) => {
    answer(answered);
    expect(await ledger(command)).toEqual(answered);
    const [, init] = fetched.mock.calls[0]!;
    expect(JSON.parse(init?.body as string)).toEqual({ data: command });
  });

  it('is `internal` where another question is answered, or in no shape of ours', async () => {
    answer(book);
    expect(await ledger({ type: 'open', itemId: 'i1' })).toMatchObject({ code: 'internal' });
    answer({ ...book, hours: 'many' });
    expect(await ledger({ type: 'read' })).toMatchObject({ code: 'internal' });
  });

  it('passes a refusal on', async () => {
    answer({ code: 'not-permitted' });
    expect(await ledger({ type: 'read' })).toEqual({ code: 'not-permitted', retryable: false });
  });

  it('is `offline` without a connection, and without an answer', async () => {
    fetched.mockRejectedValue(new DOMException('signal timed out', 'TimeoutError'));
    expect(await ledger({ type: 'read' })).toEqual({ code: 'offline', retryable: true });
    world.offline = true;
    fetched.mockClear();
    expect(await ledger({ type: 'read' })).toEqual({ code: 'offline', retryable: true });
    expect(fetched).not.toHaveBeenCalled();
  });
});
