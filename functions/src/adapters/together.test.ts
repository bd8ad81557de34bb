import { describe, expect, it } from 'vitest';
import { together } from './together.ts';

/** A load that remembers its calls; keys that say so make their call fail. */
function aLoad() {
  const calls: (readonly string[])[] = [];
  const load = together(async (keys: readonly string[]) => {
    calls.push(keys);
    if (keys.includes('broken')) throw new Error('one of the keys is broken');
    return keys.map((key) => `value of ${key}`);
  });
  return { load, calls };
}

const many = (count: number) => Array.from({ length: count }, (_, index) => `key ${index}`);

describe('reads asked for in the same turn', () => {
  it('travel as one call, and each asker gets its own values in its own order', async () => {
    const { load, calls } = aLoad();
    const [one, none, two] = await Promise.all([load(['b', 'a']), load([]), load(['a', 'c'])]);
    expect(one).toEqual(['value of b', 'value of a']);
    expect(none).toEqual([]);
    expect(two).toEqual(['value of a', 'value of c']);
    expect(calls).toEqual([['b', 'a', 'a', 'c']]);
  });

  it('include those that follow at once on what came back together', async () => {
    const { load, calls } = aLoad();
    const twoSteps = async (key: string) => load(await load([key]));
    await Promise.all([twoSteps('a'), twoSteps('b')]);
    expect(calls).toEqual([
      ['a', 'b'],
      ['value of a', 'value of b'],
    ]);
  });

  it('are called apart from those of a later turn', async () => {
    const { load, calls } = aLoad();
    await load(['a']);
    await load(['b']);
    expect(calls).toEqual([['a'], ['b']]);
  });

  it('are split where they are too many for one call, each asker in one', async () => {
    const { load, calls } = aLoad();
    const answers = await Promise.all([load(many(300)), load(many(300)), load(many(1))]);
    expect(answers.map(({ length }) => length)).toEqual([300, 300, 1]);
    expect(calls.map(({ length }) => length)).toEqual([300, 301]);
  });

  it('fail for the one whose fault it is, and for nobody beside it', async () => {
    const { load } = aLoad();
    const answers = await Promise.allSettled([load(['a']), load(['broken']), load(['b'])]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(answers[2]).toMatchObject({ value: ['value of b'] });
  });
});
