import {
  COLLECTIONS,
  DOCUMENTS,
  DRAFT_LIMIT,
  DRAFT_REASONS,
  ROLES,
  TEXT_LIMIT,
  type DocumentPattern,
} from '@switchboard/domain';
import { describe, expect, it } from 'vitest';
import { readRules } from './source.ts';
import { rulesSource } from './suite.ts';

const source = rulesSource();
const rules = readRules(source);

const READS = /^(get|exists)(After)?$/;
const reads = (call: string): boolean => READS.test(call) || /Costs\d+$/.test(call);

const patterns = Object.keys(DOCUMENTS) as DocumentPattern[];
const allowedIn = (pattern: DocumentPattern): readonly string[] =>
  Object.entries(DOCUMENTS[pattern])
    .filter(([, access]) => access !== 'nobody')
    .map(([operation]) => operation);

describe('the rules file and the permissions table', () => {
  it('match the same documents, but for those that are nobody’s', () => {
    const somebodys = patterns.filter((pattern) => allowedIn(pattern).length > 0);
    expect([...rules.patterns].sort()).toEqual([...somebodys].sort());
  });

  it.each(patterns)('say the same of which operations %s has', (pattern) => {
    const operations = rules.allows
      .filter((allow) => allow.pattern === pattern)
      .flatMap((allow) => allow.operations);
    expect([...operations].sort()).toEqual([...allowedIn(pattern)].sort());
  });

  it('name every collection that there is', () => {
    const named = new Set(
      patterns.flatMap((pattern) => pattern.split('/').filter((_, i) => i % 2 === 0)),
    );
    expect(Object.values(COLLECTIONS).filter((collection) => !named.has(collection))).toEqual([]);
  });
});

describe('the rules file', () => {
  it('never grants a whole subtree', () => {
    expect(source).not.toMatch(/=\s*\*\*/);
  });

  it('grants operations by their own names, never read or write as a whole', () => {
    const operations = new Set(rules.allows.flatMap((allow) => allow.operations));
    expect([...operations].filter((name) => name === 'read' || name === 'write')).toEqual([]);
  });

  it.each(rules.predicates)('says in a sentence what $name is', ({ sentence }) => {
    expect(sentence).toMatch(/\S\.$/);
  });

  it.each(rules.predicates)('says in its name what $name reads', ({ name, calls }) => {
    expect(/Costs\d+$/.test(name)).toBe(calls.some(reads));
  });

  it('reads documents in named predicates only', () => {
    expect(rules.allows.filter(({ calls }) => calls.some((call) => READS.test(call)))).toEqual([]);
  });

  it('has the limits and words of the domain', () => {
    const words = (list: readonly string[]) => list.map((word) => `'${word}'`).join(', ');
    expect(source).toContain(`request.resource.data.text.size() <= ${TEXT_LIMIT};`);
    expect(source).toContain(`request.resource.data.get(field, '').size() <= ${DRAFT_LIMIT};`);
    expect(source).toContain(`get('reason', null) in [null, ${words(DRAFT_REASONS)}]`);
    expect(source).toContain(`get('r', '') in [${words(ROLES)}]`);
  });

  it('debugs nothing', () => {
    expect(source).not.toContain('debug(');
  });

  it('is far below the 256 KB that Firestore takes', () => {
    expect(Buffer.byteLength(source)).toBeLessThan(64 * 1024);
  });
});
