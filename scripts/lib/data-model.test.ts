import { readFileSync } from 'node:fs';
import {
  CONVERSATION_TRANSITIONS,
  DOCUMENTS,
  MEDIA_TRANSITIONS,
  OUTBOUND_STATES,
  OUTBOUND_TRANSITIONS,
} from '@switchboard/domain';
import { describe, expect, it } from 'vitest';

const page = readFileSync(new URL('../../docs/data-model.md', import.meta.url), 'utf8');
const section = (title: string): string => page.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

/** What can be reached from each, over any number of arrows. */
function reachable(arrows: Readonly<Record<string, readonly string[]>>) {
  const from = (start: string): string[] => {
    const seen = new Set<string>();
    const todo = [...(arrows[start] ?? [])];
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      todo.push(...(arrows[next] ?? []));
    }
    return [...seen].sort();
  };
  return (states: readonly string[]) => Object.fromEntries(states.map((s) => [s, from(s)]));
}

const drawn = (text: string): Record<string, string[]> => {
  const arrows: Record<string, string[]> = {};
  for (const [, from, to] of text.matchAll(/^ {2}(\w+) --> (\w+)/gm))
    (arrows[from!] ??= []).push(to!);
  return arrows;
};

describe('docs/data-model.md', () => {
  it('has a row for each document there is, and for no other', () => {
    const rows = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, path]) => path);
    expect(rows.sort()).toEqual(Object.keys(DOCUMENTS).sort());
  });

  it('draws the states of a message as the table of transitions has them', () => {
    const arrows = drawn(section('States of a message to the customer'));
    for (const [from, to] of Object.entries(arrows))
      expect(OUTBOUND_TRANSITIONS[from as keyof typeof OUTBOUND_TRANSITIONS]).toEqual(
        expect.arrayContaining(to),
      );
    expect(reachable(arrows)(OUTBOUND_STATES)).toEqual(
      reachable(OUTBOUND_TRANSITIONS)(OUTBOUND_STATES),
    );
  });

  it('draws the states of media as they are', () => {
    const arrows = drawn(section('States of media'));
    for (const [from, to] of Object.entries(MEDIA_TRANSITIONS))
      expect([...(arrows[from] ?? [])].sort()).toEqual([...to].sort());
  });

  it('draws the states of a conversation as they are', () => {
    const arrows = drawn(section('States of a conversation'));
    for (const [from, to] of Object.entries(CONVERSATION_TRANSITIONS))
      expect([...(arrows[from] ?? [])].sort()).toEqual([...to].sort());
  });
});
