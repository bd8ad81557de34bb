import { describe, expect, it } from 'vitest';
import { framesIn } from './frames.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const framed = (value: unknown): string => {
  const text = JSON.stringify(value);
  return `${text.length}\n${text}`;
};

describe('A stream of frames', () => {
  it('is the same wherever it is cut, also inside a character', () => {
    const values = [[[0, ['c', 'id', '', 8]]], [[1, [{ name: 'Zoë 🦀' }]]], [[2, ['noop']]]];
    const bytes = Buffer.from(values.map(framed).join(''));
    for (const size of [1, 2, 7, bytes.length]) {
      const heard: unknown[] = [];
      const read = framesIn((frame) => heard.push(frame));
      for (let start = 0; start < bytes.length; start += size)
        read(base64(bytes.subarray(start, start + size)));
      expect(heard).toEqual(values);
    }
  });

  it('has nothing to say of a frame that is not whole', () => {
    const heard: unknown[] = [];
    framesIn((frame) => heard.push(frame))(base64(Buffer.from('12\n[[1,["no')));
    expect(heard).toEqual([]);
  });
});
