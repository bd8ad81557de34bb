import { describe, expect, it } from 'vitest';
import { gapsOf } from './coverage.ts';
import { mutantsOf } from './mutants.ts';
import { readRules } from './source.ts';

const file = (body: string): string => `rules_version = '2';
service cloud.firestore {
  match /databases/{database}/documents {
    ${body}
  }
}
`;

describe('reading the rules', () => {
  it('names nested patterns as a whole', () => {
    const { patterns } = readRules(
      file('match /a/{b} { allow get: if true; match /c/{d} { allow list: if true; } }'),
    );
    expect(patterns).toEqual(['a/{b}', 'a/{b}/c/{d}']);
  });

  it('takes conditions apart at &&, || and !, and nowhere inside a call', () => {
    const { leaves } = readRules(
      file("match /a/{b} { allow get: if x() && (f(y && z) || !('k' in m)) && (n == 1); }"),
    );
    expect(leaves.map(({ text }) => text)).toEqual(['x()', 'f(y && z)', "'k' in m", 'n == 1']);
  });

  it('knows where a condition stands', () => {
    const source = file('match /a/{b} { allow get, list: if x(); }');
    const [leaf] = readRules(source).leaves;
    expect(leaf).toMatchObject({ owner: 'allow get, list of a/{b}', line: 4, column: 40 });
    expect(source.slice(leaf!.start, leaf!.end)).toBe('x()');
  });

  it('passes over comments and functions that answer a value', () => {
    const { leaves } = readRules(
      file('// if a && b\nfunction me() { return request.auth.uid; } /* x || y */'),
    );
    expect(leaves).toEqual([]);
  });

  it('refuses a ternary, which binds looser than it looks', () => {
    expect(() => readRules(file('match /a/{b} { allow get: if x ? y : z; }'))).toThrow('ternary');
  });
});

describe('changing the rules', () => {
  it('makes each condition true, false and negated, and moves a bound', () => {
    const source = file('match /a/{b} { allow get: if n <= 3; }');
    const conditions = mutantsOf(source, readRules(source)).map(
      (mutant) => /if (.*);/.exec(mutant.source)?.[1],
    );
    expect(conditions).toEqual(['true', 'false', '!(n <= 3)', 'n < 3']);
  });
});

describe('reading the coverage', () => {
  const source = file('match /a/{b} { allow get: if x() && y(); }');
  const at = (text: string) => source.indexOf(text);
  /** The emulator leaves closing brackets out, and begins `x() && y()` where `x()` begins. */
  const report = (x: readonly boolean[]) => ({
    report: [
      {
        sourcePosition: { currentOffset: at('x()'), endOffset: at('y()') },
        values: [{ value: { boolValue: true } }, { value: { boolValue: false } }],
        children: [
          {
            sourcePosition: { currentOffset: at('x()'), endOffset: at('x()') },
            values: x.map((boolValue) => ({ value: { boolValue } })),
          },
          {
            sourcePosition: { currentOffset: at('y()'), endOffset: at('y()') },
            values: [{ value: { boolValue: true } }, { value: { boolValue: false } }],
          },
        ],
      },
    ],
  });

  it('finds what was never false, and is not misled by the whole around it', () => {
    expect(gapsOf(source, readRules(source), report([true]))).toMatchObject([
      { leaf: { text: 'x()' }, missing: false },
    ]);
  });

  it('is content with both', () => {
    expect(gapsOf(source, readRules(source), report([false, true]))).toEqual([]);
  });

  it('fails where the report knows nothing of a condition', () => {
    expect(() => gapsOf(source, readRules(source), { report: [] })).toThrow('x()');
  });
});
