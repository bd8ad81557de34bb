// @vitest-environment node
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PARTS, partOf } from './messages.ts';

const SRC = path.resolve(import.meta.dirname, '../src');

/** Modules that are there as soon as a list, a thread and its composer are. */
const INBOX = ['main.ts', 'pages/inbox.ts'];

/** A module's own text, and what it imports at once (`import()` comes on demand). */
function read(file: string) {
  const source = readFileSync(file, 'utf8');
  const imports = [...source.matchAll(/^(?:import|export)[^;]*?from '(\.[^']+\.(?:ts|vue))';/gm)];
  return { source, imports: imports.map(([, to = '']) => path.resolve(path.dirname(file), to)) };
}

/** All that the inbox is made of. */
function inbox(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    const { source, imports } = read(file);
    found.set(file, source);
    imports.forEach(visit);
  };
  INBOX.forEach((name) => visit(path.join(SRC, name)));
  return found;
}

describe('a text', () => {
  it('travels with the part that its group is in, or with the rest', () => {
    expect(partOf('session.signIn')).toBe('first');
    expect(partOf('conversation.assign.title')).toBe('later');
    expect(partOf('conversation.action.assign')).toBe('rest');
    expect(partOf('ledger.title')).toBe('ledger');
  });

  it('that comes later is said by nothing that is there before', () => {
    const groups = [...PARTS.later, ...PARTS.ledger, ...PARTS.structured]
      .map((group) => group.replaceAll('.', String.raw`\.`))
      .join('|');
    const later = new RegExp(`['"\`](?:${groups})\\.`);
    const files = inbox();
    expect(files.size).toBeGreaterThan(80);
    const wrong = [...files].filter(([, source]) => later.test(source)).map(([file]) => file);
    expect(wrong.map((file) => path.relative(SRC, file))).toEqual([]);
  });
});
