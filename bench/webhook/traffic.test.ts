import { describe, expect, it } from 'vitest';
import { HOT, idsOf, planTraffic, type Traffic } from './traffic.ts';

const aTraffic = (over: Partial<Traffic> = {}): Traffic => ({
  seed: 1,
  seconds: 60,
  itemsPerSecond: 264,
  largestRequest: 20,
  name: 'test',
  ...over,
});
const messagesOf = (traffic: Traffic) => planTraffic(traffic).flatMap(({ messages }) => messages);

describe('planned traffic', () => {
  it('is the same for the same seed and another for another', () => {
    expect(planTraffic(aTraffic())).toEqual(planTraffic(aTraffic()));
    expect(planTraffic(aTraffic({ seed: 2 }))).not.toEqual(planTraffic(aTraffic()));
  });

  it('has exactly the asked number of items, in requests of 1 to 20', () => {
    const sizes = planTraffic(aTraffic()).map(({ messages }) => messages.length);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(60 * 264);
    expect(new Set(sizes)).toEqual(new Set(Array.from({ length: 20 }, (_, index) => index + 1)));
  });

  it('arrives at the fixed rate: a request when the items before it are due', () => {
    let before = 0;
    for (const { at, messages } of planTraffic(aTraffic())) {
      expect(at).toBeCloseTo((before / 264) * 1000);
      before += messages.length;
    }
  });

  it('repeats a tenth, and writes a twentieth to the ten hot conversations', () => {
    const messages = messagesOf(aTraffic());
    const distinct = idsOf(planTraffic(aTraffic())).size;
    expect(distinct / messages.length).toBeCloseTo(0.9, 1);
    const hot = messages.filter(({ customer }) => customer < HOT).length;
    expect(hot / messages.length).toBeCloseTo(0.05, 1);
  });

  it('delivers a twentieth after what was written later', () => {
    const messages = messagesOf(aTraffic());
    const firstOnly = [...new Map(messages.map((one) => [one.wamid, one])).values()];
    const overtaken = firstOnly.filter(({ writtenAt }, index) =>
      firstOnly.slice(Math.max(0, index - 60), index).some((one) => one.writtenAt > writtenAt),
    );
    expect(overtaken.length / firstOnly.length).toBeGreaterThan(0.03);
    expect(overtaken.length / firstOnly.length).toBeLessThan(0.07);
  });

  it('with one item in each request sends 264 requests a second', () => {
    expect(planTraffic(aTraffic({ seconds: 1, largestRequest: 1 }))).toHaveLength(264);
  });
});
