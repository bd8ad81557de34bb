import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as actions from '../../data/actions.ts';
import { conversation, later, resetWorld, testDraft, world } from './testing/world.ts';
import { useSending } from './use-sending.ts';

vi.mock('../../data/actions.ts', () => {
  let count = 0;
  return { reply: vi.fn(), note: vi.fn(), newEntryId: () => `id-${(count += 1)}` };
});

const reply = vi.mocked(actions.reply);
const idOf = (call: number) => reply.mock.calls[call]?.[1].id;

beforeEach(() => {
  resetWorld();
  reply.mockReset();
});

const sending = () => useSending(() => world.conversation.value, testDraft());

describe('sending', () => {
  it('keeps the text until the server has it', async () => {
    const { promise, answer } = later();
    reply.mockReturnValue(promise);
    world.draft.reply.value = 'Hello';
    const { send, busy } = sending();
    const sent = send('reply');
    expect([busy.reply, world.draft.reply.value]).toEqual([true, 'Hello']);
    answer({ ok: true });
    expect(await sent).toBe(true);
    expect([busy.reply, world.draft.reply.value]).toEqual([false, '']);
  });

  it('leaves what was typed while it was on its way', async () => {
    const { promise, answer } = later();
    reply.mockReturnValue(promise);
    world.draft.reply.value = 'Hello';
    const sent = sending().send('reply');
    world.draft.reply.value = 'Hello and more';
    answer({ ok: true });
    await sent;
    expect(world.draft.reply.value).toBe('and more');
  });

  it('keeps the text and the reason on a refusal', async () => {
    reply.mockResolvedValue({ ok: false, code: 'stale' });
    world.draft.reply.value = 'Hello';
    const { send, problem } = sending();
    expect(await send('reply')).toBe(false);
    expect(problem.value).toEqual({ kind: 'reply', code: 'stale' });
    expect(world.draft.reply.value).toBe('Hello');
  });

  it('repeats under the same id after a lost answer, so that nothing is written twice', async () => {
    reply.mockResolvedValueOnce({ ok: false, code: 'unknown' });
    reply.mockResolvedValue({ ok: true });
    world.draft.reply.value = 'Hello';
    const { send } = sending();
    await send('reply');
    await send('reply');
    expect(idOf(0)).toBe(idOf(1));
    world.draft.reply.value = 'Hello';
    await send('reply');
    expect(idOf(2)).not.toBe(idOf(1));
  });

  it('keeps that id for somebody who left the thread and came back', async () => {
    reply.mockResolvedValueOnce({ ok: false, code: 'unknown' });
    reply.mockResolvedValue({ ok: true });
    world.draft.reply.value = 'On our way';
    await sending().send('reply');
    await sending().send('reply');
    expect(idOf(0)).toBe(idOf(1));
  });

  it('takes another text for another message', async () => {
    reply.mockResolvedValue({ ok: false, code: 'unknown' });
    const { send } = sending();
    world.draft.reply.value = 'Hello';
    await send('reply');
    world.draft.reply.value = 'Hello Marta';
    await send('reply');
    expect(idOf(0)).not.toBe(idOf(1));
  });

  it('sends nothing twice on a second press', async () => {
    const { promise, answer } = later();
    reply.mockReturnValue(promise);
    world.draft.reply.value = 'Hello';
    const { send } = sending();
    const first = send('reply');
    expect(await send('reply')).toBe(false);
    answer({ ok: true });
    await first;
    expect(reply).toHaveBeenCalledOnce();
  });

  it('writes a failed message again as a new one, once', async () => {
    const { promise, answer } = later();
    reply.mockReturnValue(promise);
    const { retry, retrying } = sending();
    const first = retry('old', { text: 'Hello' });
    expect([...retrying]).toEqual(['old']);
    expect(await retry('old', { text: 'Hello' })).toEqual({ ok: false, code: 'stale' });
    answer({ ok: true });
    await first;
    expect(reply).toHaveBeenCalledOnce();
    expect(reply.mock.calls[0]).toEqual([
      conversation({ assignee: { kind: 'agent', id: 'jonas' } }),
      { id: idOf(0), text: 'Hello' },
    ]);
    expect(idOf(0)).not.toBe('old');
  });
});
