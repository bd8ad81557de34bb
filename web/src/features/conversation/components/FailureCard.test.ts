import { FAILURE_SENTENCES, OWN_FAILURES, type OwnFailure } from '@switchboard/domain';
import { anOutbound, NOW } from '@switchboard/domain/testing';
import type { OutboundEntry } from '@switchboard/domain';
import { cleanup, fireEvent, render, screen } from '@testing-library/vue';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../../i18n/index.ts';
import type { FailureContext } from '../model/failure-card.ts';
import { inThread } from '../testing/in-thread.ts';
import { resetWorld } from '../testing/world.ts';
import FailureCard from './FailureCard.vue';

vi.mock('../../../data/people.ts', async () => (await import('../testing/world.ts')).testPeople());

beforeAll(() => chooseLanguage('en'));
afterEach(cleanup);
beforeEach(resetWorld);

const show = (over: Partial<OutboundEntry>, context: Partial<FailureContext> = {}) => {
  const pressed: string[] = [];
  render(
    inThread(FailureCard, () => ({
      entry: anOutbound(over),
      mayReply: true,
      again: null,
      busy: false,
      ...context,
      onRetry: () => pressed.push('retry'),
      onDraft: () => pressed.push('draft'),
    })),
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
    expect(pressed).toEqual(['retry']);
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
    expect(pressed).toEqual(['draft']);
  });

  it('offers nothing once the text was written again', () => {
    show({ state: 'failed' }, { again: { ...anOutbound({ at: NOW }), id: 'b' } });
    expect(screen.getByText(/Written again at/)).toBeTruthy();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it.each(Object.keys(FAILURE_SENTENCES))('has a sentence for code %s', (code) => {
    const known = (OWN_FAILURES as readonly string[]).includes(code);
    const given = known ? (code as OwnFailure) : Number(code);
    show({ state: 'failed', error: { code: given, title: '', details: '' } });
    expect(screen.getByText(`Code ${code}`)).toBeTruthy();
  });
});
