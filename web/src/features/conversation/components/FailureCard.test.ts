import { FAILURE_SENTENCES, OWN_FAILURES, type OwnFailure } from '@switchboard/domain';
import { anOutbound, NOW } from '@switchboard/domain/testing';
import type { OutboundEntry } from '@switchboard/domain';
import { cleanup, fireEvent, render, screen } from '@testing-library/vue';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import { chooseLanguage } from '../../../i18n/index.ts';
import { useToast } from '../../../ui/index.ts';
import { inThread, testActs } from '../testing/in-thread.ts';
import { resetWorld, world } from '../testing/world.ts';
import type { ThreadActs } from '../thread-acts.ts';
import FailureCard from './FailureCard.vue';

vi.mock('../../../data/people.ts', async () => (await import('../testing/world.ts')).testPeople());

beforeAll(() => chooseLanguage('en'));
afterEach(cleanup);
beforeEach(resetWorld);

const show = (over: Partial<OutboundEntry>, { mayReply = true } = {}) => {
  const pressed: unknown[] = [];
  const acts = testActs({ mayReply: ref(mayReply), draft: (text) => pressed.push(text) });
  const retry: ThreadActs['sending']['retry'] = async (id, message) => {
    pressed.push([id, message]);
    return { ok: false, code: 'offline' };
  };
  const entry = { ...anOutbound(over), id: 'a' };
  render(
    inThread(FailureCard, () => ({ entry }), { ...acts, sending: { ...acts.sending, retry } }),
  );
  return pressed;
};

describe('FailureCard', () => {
  it('says the cause, then the way out, and keeps the code under Details', async () => {
    const error = { code: 131056, title: 'Pair rate limit hit', details: '' };
    const pressed = show({ state: 'failed', error });
    expect(screen.getByText('Not sent')).toBeTruthy();
    expect(screen.getByText(/Nothing reached Marta Oliveira/)).toBeTruthy();
    expect(screen.getByText('Code 131056').closest('details')?.open).toBe(false);
    await fireEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(pressed).toEqual([['a', { text: anOutbound().text }]]);
    await vi.waitFor(() =>
      expect(useToast().toasts.value.at(-1)?.text).toMatch(/^Nothing was sent\. There is no conn/),
    );
  });

  it('asks before it repeats what may have arrived', () => {
    show({ state: 'unknown' });
    expect(screen.getByText(/It may have arrived. Send again\?/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Send again' })).toBeTruthy();
  });

  it('asks nobody who could not answer', () => {
    show({ state: 'unknown' }, { mayReply: false });
    expect(screen.queryByText(/Send again/)).toBeNull();
  });

  it('says why it never left, and gives the text back', async () => {
    const pressed = show({ state: 'refused', refusal: 'window-closed' });
    expect(screen.getByText(/window closed before it left. Nothing was sent/)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Put into draft' }));
    expect(pressed).toEqual([anOutbound().text]);
  });

  it('offers nothing once the text was written again', () => {
    world.entries.value = [{ ...anOutbound({ at: NOW + 1 }), id: 'b' }];
    show({ state: 'failed', at: NOW });
    expect(screen.getByText(/Written again at/)).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('says of a reaction what WhatsApp has against it', () => {
    const content = { emoji: '👍', wamid: 'w' };
    show({
      state: 'failed',
      type: 'reaction',
      content,
      error: { code: 131009, title: '', details: '' },
    });
    expect(screen.getByText(/older than 30 days/)).toBeTruthy();
  });

  it.each(Object.keys(FAILURE_SENTENCES))('has a sentence for code %s', (code) => {
    const known = (OWN_FAILURES as readonly string[]).includes(code);
    const given = known ? (code as OwnFailure) : Number(code);
    show({ state: 'failed', error: { code: given, title: '', details: '' } });
    expect(screen.getByText(`Code ${code}`)).toBeTruthy();
  });
});
