import { beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import * as actions from '../../data/actions.ts';
import * as callables from '../../data/callables.ts';
import { conversation, later, resetWorld, world } from './testing/world.ts';
import { useHolding } from './use-holding.ts';

vi.mock('../../data/actions.ts', () => ({ take: vi.fn(), release: vi.fn() }));
vi.mock('../../data/callables.ts', () => {
  let count = 0;
  return { command: vi.fn(), newCommandId: () => `command-${(count += 1)}` };
});

const take = vi.mocked(actions.take);
const command = vi.mocked(callables.command);

beforeEach(() => {
  resetWorld();
  world.conversation.value = conversation();
  take.mockReset();
  command.mockReset();
});

const holding = () => useHolding(() => world.conversation.value);
const heldBy = (id: string) =>
  conversation({ assignee: { kind: 'agent', id }, assignment: { version: 5, at: 1, by: id } });

describe('taking', () => {
  it('shows "taking" until the conversation itself says otherwise', async () => {
    const { promise, answer } = later();
    take.mockReturnValue(promise);
    const { take: wish, taking } = holding();
    const taken = wish();
    expect(taking.value).toBe(true);
    answer({ ok: true });
    expect(await taken).toBe(true);
    expect(taking.value).toBe(true);
    world.conversation.value = heldBy('jonas');
    expect(taking.value).toBe(false);
  });

  it('tells the loser, whichever comes first: the refusal or the news', async () => {
    take.mockResolvedValue({ ok: false, code: 'already-held' });
    const { take: wish, taking, lost, refused } = holding();
    expect(await wish()).toBe(false);
    world.conversation.value = heldBy('ana');
    await nextTick();
    expect([taking.value, lost.value, refused.value]).toEqual([false, true, null]);
    world.conversation.value = conversation();
    await nextTick();
    expect(lost.value).toBe(false);
  });

  it('says why it was refused otherwise', async () => {
    take.mockResolvedValue({ ok: false, code: 'offline' });
    const { take: wish, taking, refused } = holding();
    await wish();
    expect([taking.value, refused.value]).toEqual([false, 'offline']);
  });
});

describe('commands', () => {
  it('carry the version that the person saw', async () => {
    command.mockResolvedValue({ code: 'ok', version: 5 });
    expect(await holding().assign({ kind: 'agent', id: 'ana' })).toBe(true);
    expect(command).toHaveBeenCalledWith(
      expect.objectContaining({
        type: 'assign',
        to: { kind: 'agent', id: 'ana' },
        conversationId: 'c1',
        expectedVersion: 4,
      }),
    );
  });

  it('repeat a wish under its id while its answer is lost, and no longer', async () => {
    command.mockResolvedValueOnce({ code: 'unknown', retryable: true });
    command.mockResolvedValue({ code: 'ok', version: 5 });
    const { run, refused } = holding();
    expect(await run('resolve')).toBe(false);
    expect(refused.value).toBe('unknown');
    await run('resolve');
    await run('resolve');
    const [first, second, third] = command.mock.calls.map(([input]) => input.commandId);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('are called unknown without an answer, until the conversation shows what became of them', async () => {
    command.mockResolvedValue({ code: 'unknown', retryable: true });
    const { assign, refused } = holding();
    expect(await assign({ kind: 'agent', id: 'ana' })).toBe(false);
    expect(refused.value).toBe('unknown');
    world.conversation.value = heldBy('ana');
    await nextTick();
    expect(refused.value).toBeNull();
  });
});
