import { anInbound, anOutbound } from '@switchboard/domain/testing';
import { describe, expect, it } from 'vitest';
import { growthOf } from './growth.ts';
import type { Row } from './rows.ts';

const theirs = (key: string): Row => ({
  kind: 'message',
  key,
  entry: { ...anInbound(), id: key },
  side: 'in',
  continues: false,
});
const own = (key: string): Row => ({
  kind: 'message',
  key,
  entry: { ...anOutbound(), id: key },
  side: 'own',
  continues: false,
});
const notice = (key: string): Row => ({
  kind: 'notice',
  key,
  entry: { ...anInbound({ type: 'system' }), id: key },
});
const day = (key: string): Row => ({ kind: 'day', key, at: 0 });

describe('how the rows of a thread changed', () => {
  it.each([
    ['nothing, while the thread is first read', [], [theirs('a')], 'none'],
    ['nothing, where the same rows are there', [theirs('a')], [theirs('a')], 'none'],
    ['older ones in front', [theirs('b')], [theirs('a'), theirs('b')], 'front'],
    ['a message of the reader', [theirs('a')], [theirs('a'), own('b')], 'own'],
    ['a message of the customer', [own('a')], [own('a'), theirs('b')], 'heard'],
    [
      'older ones and a message at once: the message counts',
      [own('b')],
      [own('a'), own('b'), theirs('c')],
      'heard',
    ],
    ['a notice', [theirs('a')], [theirs('a'), notice('b')], 'heard'],
    ['a row that says nothing by itself', [theirs('a')], [theirs('a'), day('b')], 'quiet'],
    ['everything went', [theirs('a')], [], 'quiet'],
  ] as const)('%s', (_, before, now, growth) => {
    expect(growthOf(before, now)).toBe(growth);
  });
});
