import { Timestamp } from 'firebase-admin/firestore';
import { describe, expect, it } from 'vitest';
import { fromFirestore, toFieldValue, toFirestore } from './convert.ts';

const AT = Date.UTC(2026, 10, 22, 14, 0, 0, 7);

describe('documents to Firestore and back', () => {
  it('turns epoch ms into Timestamps by the name of the field, at every depth, and back', () => {
    const data = {
      at: AT,
      waitingSince: AT,
      leaseUntil: AT,
      version: 7,
      assignment: { version: 2, at: AT },
      list: [{ readAt: AT, count: AT }],
    };
    const stored = toFirestore(data);
    expect(stored).toEqual({
      at: Timestamp.fromMillis(AT),
      waitingSince: Timestamp.fromMillis(AT),
      leaseUntil: Timestamp.fromMillis(AT),
      version: 7,
      assignment: { version: 2, at: Timestamp.fromMillis(AT) },
      list: [{ readAt: Timestamp.fromMillis(AT), count: AT }],
    });
    expect(fromFirestore(stored)).toEqual(data);
  });

  it('leaves null and words alone where a time may stand, and other names that end alike', () => {
    const data = { waitingSince: null, at: 'later', format: 5, stat: 6, until: 7 };
    expect(toFirestore(data)).toEqual(data);
  });

  it('drops what is undefined, which Firestore refuses, and keeps null', () => {
    expect(toFirestore({ a: undefined, b: null, c: { d: undefined } })).toEqual({ b: null, c: {} });
  });

  it('keeps bytes as they are', () => {
    const raw = Buffer.from([0, 255, 10]);
    expect(toFirestore({ raw })['raw']).toBe(raw);
    expect(fromFirestore({ raw })['raw']).toBe(raw);
  });

  it('compares a time field with a Timestamp and any other with the value', () => {
    expect(toFieldValue('receivedAt', AT)).toEqual(Timestamp.fromMillis(AT));
    expect(toFieldValue('fate', 'new')).toBe('new');
    expect(toFieldValue('seq', 3)).toBe(3);
  });
});
