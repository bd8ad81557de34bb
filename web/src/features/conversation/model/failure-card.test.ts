import { anOutbound, NOW } from '@switchboard/domain/testing';
import { OUTBOUND_STATES, type OutboundEntry } from '@switchboard/domain';
import { describe, expect, it } from 'vitest';
import { failureCard, type FailureContext } from './failure-card.ts';

const context: FailureContext = { mayReply: true, me: 'jonas', again: null };
const listed = (id: string, over: Partial<OutboundEntry> = {}) => ({ ...anOutbound(over), id });
const card = (over: Partial<OutboundEntry>, changed: Partial<FailureContext> = {}) =>
  failureCard(anOutbound(over), { ...context, ...changed });

describe('failureCard', () => {
  it('says nothing about a message that is on its way or arrived', () => {
    const silent = OUTBOUND_STATES.filter((state) => card({ state }) === null);
    expect(silent).toEqual([
      'queued',
      'sending',
      'accepted',
      'sent',
      'delivered',
      'read',
      'played',
    ]);
  });

  it('names the cause of a failure and offers another attempt', () => {
    expect(
      card({ state: 'failed', error: { code: 131056, title: 'Pair limit', details: 'Too fast' } }),
    ).toEqual({
      kind: 'failed',
      sentence: 'tooFast',
      details: { code: 131056, words: 'Pair limit · Too fast' },
      wayOut: { kind: 'retry' },
    });
  });

  it('has a sentence for a failure without a code', () => {
    expect(card({ state: 'failed' })).toEqual({
      kind: 'failed',
      sentence: 'other',
      details: null,
      wayOut: { kind: 'retry' },
    });
  });

  it('offers no attempt that must fail the same way', () => {
    expect(
      card({ state: 'failed', error: { code: 131047, title: '', details: '' } })?.wayOut,
    ).toEqual({ kind: 'none' });
  });

  it('offers no attempt to somebody who may not reply, or where there is nothing to send', () => {
    expect(card({ state: 'failed' }, { mayReply: false })?.wayOut).toEqual({ kind: 'none' });
    const { text: _, ...mute } = anOutbound({ state: 'failed', type: 'image' });
    expect(failureCard(mute, context)?.wayOut).toEqual({ kind: 'none' });
  });

  it('asks before it sends again what may have arrived', () => {
    expect(card({ state: 'unknown' })).toEqual({
      kind: 'unknown',
      wayOut: { kind: 'askAgain' },
    });
    expect(card({ state: 'unknown' }, { mayReply: false })?.wayOut).toEqual({ kind: 'none' });
  });

  it('gives a refused text back to its author only', () => {
    expect(card({ state: 'refused', refusal: 'window-closed' })).toEqual({
      kind: 'refused',
      own: true,
      reason: 'window-closed',
      wayOut: { kind: 'draft' },
    });
    expect(card({ state: 'refused' }, { me: 'ana' })?.wayOut).toEqual({ kind: 'none' });
    expect(card({ state: 'refused' }, { mayReply: false })?.wayOut).toEqual({ kind: 'draft' });
  });

  it('sends what is no text as it was, where it was refused', () => {
    const content = { latitude: 1, longitude: 2 };
    const { text: _, ...place } = anOutbound({ state: 'refused', type: 'location', content });
    expect(failureCard(place, context)?.wayOut).toEqual({ kind: 'retry' });
    expect(failureCard(place, { ...context, mayReply: false })?.wayOut).toEqual({ kind: 'none' });
    expect(failureCard(place, { ...context, me: 'ana' })?.wayOut).toEqual({ kind: 'none' });
  });

  it('closes the card once the same text was written again', () => {
    const again = listed('b', { at: NOW + 5 });
    expect(card({ state: 'failed' }, { again })?.wayOut).toEqual({ kind: 'again', at: NOW + 5 });
  });
});
