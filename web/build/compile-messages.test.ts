// @vitest-environment node
import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { compileMessages } from './compile-messages.ts';

/** The compiled text of one message with these values. */
function said(message: string, values: Readonly<Record<string, unknown>> = {}): unknown {
  const { one } = runInThisContext(`(${compileMessages({ one: message })})`) as {
    one: string | ((values: object) => unknown);
  };
  return typeof one === 'string' ? one : one(values);
}

// The compiler's kinds of nodes are numbers of its own: one message of each kind proves them.
describe('a message', () => {
  it.each([
    ['of text alone', 'Hello', {}, 'Hello'],
    ['with a value', 'Hello {name}', { name: 'Marta' }, 'Hello Marta'],
    ['with a literal', "Write to {'@'}ana", {}, 'Write to @ana'],
    ['with several forms', 'no | {n} one | {n} many', { n: 2 }, ['no', '2 one', '2 many']],
  ])('%s says what it should', (_, message, values, expected) => {
    expect(said(message, values)).toEqual(expected);
  });

  it('that uses more of the syntax is refused', () => {
    expect(() => compileMessages({ one: 'See @:other' })).toThrow('Message "one"');
  });
});
