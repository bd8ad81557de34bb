import { describe, expect, it } from 'vitest';
import { pretty } from './pretty.ts';

describe('a text that came', () => {
  it('is laid out where it is JSON', () => {
    expect(pretty('{"a":[1,"ñ"]}')).toBe('{\n  "a": [\n    1,\n    "ñ"\n  ]\n}');
  });

  it.each(['', '<html>', '{"a":', 'not json'])('stays as it is where it is none: %j', (raw) => {
    expect(pretty(raw)).toBe(raw);
  });

  it('stays as it is where a number would not survive', () => {
    const raw = '{"id":106540352242922999}';
    expect(pretty(raw)).toBe(raw);
  });
});
