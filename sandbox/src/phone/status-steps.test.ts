import { describe, expect, it } from 'vitest';
import { nextStatus, type DeliveryFacts } from './status-steps.ts';

const facts: DeliveryFacts = {
  refused: false,
  reaction: false,
  online: true,
  visible: true,
  sharesRead: true,
};

describe('how far a business message comes', () => {
  it('sent, delivered, read, and no further, on an open chat', () => {
    expect(nextStatus('accepted', facts)).toBe('sent');
    expect(nextStatus('sent', facts)).toBe('delivered');
    expect(nextStatus('delivered', facts)).toBe('read');
    expect(nextStatus('read', facts)).toBeNull();
  });

  it('sent while the phone is offline', () => {
    expect(nextStatus('accepted', { ...facts, online: false })).toBe('sent');
    expect(nextStatus('sent', { ...facts, online: false })).toBeNull();
  });

  it('delivered while the chat is closed or receipts are not shared', () => {
    expect(nextStatus('delivered', { ...facts, visible: false })).toBeNull();
    expect(nextStatus('delivered', { ...facts, sharesRead: false })).toBeNull();
  });

  it('sent only, for a reaction', () => {
    expect(nextStatus('sent', { ...facts, reaction: true })).toBeNull();
  });

  it('failed for good, when WhatsApp refuses it', () => {
    expect(nextStatus('accepted', { ...facts, refused: true })).toBe('failed');
    expect(nextStatus('failed', facts)).toBeNull();
  });
});
