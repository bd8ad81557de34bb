import { describe, expect, it } from 'vitest';
import { CUSTOMERS } from '../webhook/traffic.ts';
import { deal, firstMessages, planBatches } from './batches.ts';

const aPlan = (seed = 1) => planBatches({ seed, messages: 5_000, name: 'test' });

describe('planned batches', () => {
  it('are the same for the same seed and others for another', () => {
    expect(aPlan()).toEqual(aPlan());
    expect(aPlan(2)).not.toEqual(aPlan());
  });

  it('have as many messages as asked for, each once, 1 to 20 in a batch', () => {
    const ids = aPlan().flatMap((batch) => batch.map(({ wamid }) => wamid));
    expect(new Set(ids).size).toBe(5_000);
    expect(ids).toHaveLength(5_000);
    const sizes = new Set(aPlan().map(({ length }) => length));
    expect(sizes).toEqual(new Set(Array.from({ length: 20 }, (_, index) => index + 1)));
  });

  it('begin with one message of everybody', () => {
    const customers = firstMessages('first').flatMap((batch) => batch.map((one) => one.customer));
    expect(customers).toEqual(Array.from({ length: CUSTOMERS }, (_, customer) => customer));
  });

  it('are dealt out to the instances, each batch to one', () => {
    const hands = deal(aPlan(), 3);
    expect(hands).toHaveLength(3);
    expect(new Set(hands.flat())).toEqual(new Set(aPlan()));
    expect(hands.flat()).toHaveLength(aPlan().length);
  });
});
