/**
 * Reads firestore.rules as far as its tests need it: which paths it matches, and the smallest
 * conditions that its decisions are made of. Conditions are joined by `&&`, `||` and `!` only; a
 * ternary is refused, since it binds looser than one reads it.
 */

/** A condition that is not itself made of others by `&&`, `||` or `!`. */
export interface Leaf {
  /** Where it stands: `function takesCosts2` or `allow get, list of agents/{uid}`. */
  readonly owner: string;
  readonly text: string;
  /** Offsets in the source; the end is exclusive. */
  readonly start: number;
  readonly end: number;
  /** From 1, as editors count. */
  readonly line: number;
  readonly column: number;
}

/** One `allow` statement. */
export interface Allow {
  /** Document pattern, as in `DOCUMENTS`. */
  readonly pattern: string;
  readonly operations: readonly string[];
  /** What its condition calls. */
  readonly calls: readonly string[];
}

/** One `function` statement. */
export interface Predicate {
  readonly name: string;
  /** The comment right above it; empty where there is none. */
  readonly sentence: string;
  /** What it calls, and the words `get`, `getAfter`, `exists`, `existsAfter` where it reads a document. */
  readonly calls: readonly string[];
}

export interface RulesSource {
  readonly patterns: readonly string[];
  readonly allows: readonly Allow[];
  readonly leaves: readonly Leaf[];
  readonly predicates: readonly Predicate[];
}

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|&&|\|\||[=!<>]=|[A-Za-z_]\w*|\d+|[^\s]/g;

const tokenize = (source: string): readonly Token[] =>
  [...source.matchAll(TOKEN)]
    .map((match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }))
    .filter(({ text }) => !text.startsWith('//') && !text.startsWith('/*'));

const OPEN = '([{';
const CLOSE = ')]}';

/** Index of the token that closes the bracket at `open`. */
function closing(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i += 1) {
    const { text } = tokens[i]!;
    if (OPEN.includes(text)) depth += 1;
    if (CLOSE.includes(text)) depth -= 1;
    if (depth === 0) return i;
  }
  throw new Error(`A bracket is not closed: ${tokens[open]!.text} at ${tokens[open]!.start}`);
}

/** The parts of an expression between an operator that stands outside all brackets. */
function split(tokens: readonly Token[], operator: string): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i]!;
    if (token.text === '?') throw new Error(`A ternary at ${token.start}: use && and ||.`);
    if (token.text === operator) {
      parts.push([]);
      continue;
    }
    const end = OPEN.includes(token.text) ? closing(tokens, i) : i;
    parts.at(-1)!.push(...tokens.slice(i, end + 1));
    i = end;
  }
  return parts;
}

function leavesOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  for (const operator of ['||', '&&']) {
    const parts = split(tokens, operator);
    if (parts.length > 1) return parts.flatMap(leavesOf);
  }
  const first = tokens[0]?.text;
  if (first === '!') return leavesOf(tokens.slice(1));
  if (first === '(' && closing(tokens, 0) === tokens.length - 1) {
    return leavesOf(tokens.slice(1, -1));
  }
  return [tokens];
}

/** What an expression calls as a function of its own; methods (`.get(…)`) are none. */
const callsOf = (tokens: readonly Token[]): readonly string[] =>
  tokens
    .filter(
      ({ text }, i) =>
        /^[A-Za-z_]/.test(text) && tokens[i + 1]?.text === '(' && tokens[i - 1]?.text !== '.',
    )
    .map(({ text }) => text);

/** The comment lines right above an offset, as one text. */
function sentenceAt(source: string, offset: number): string {
  const above = source.slice(0, offset).split('\n').slice(0, -1);
  const first = above.findLastIndex((line) => !line.trim().startsWith('//'));
  return above
    .slice(first + 1)
    .map((line) => line.trim().replace(/^\/\/ ?/, ''))
    .join(' ');
}

/** Everything up to the `;` that ends the statement, from the token at `from`. */
function statement(tokens: readonly Token[], from: number): readonly Token[] {
  const end = tokens.findIndex(({ text }, i) => i >= from && text === ';');
  return tokens.slice(from, end);
}

/** A match's path ends at the bracket that opens its body: the one that a space stands before. */
function pathAt(tokens: readonly Token[], from: number): { path: string; body: number } {
  let path = '';
  for (let i = from; ; i += 1) {
    const token = tokens[i]!;
    if (token.text === '{' && tokens[i - 1]!.text !== '/') return { path, body: i };
    path += token.text;
  }
}

const DATABASE = '/databases/{database}/documents';

/** Reads the source. Throws on what it does not know how to read. */
export function readRules(source: string): RulesSource {
  const tokens = tokenize(source);
  const patterns: string[] = [];
  const allows: Allow[] = [];
  const leaves: Leaf[] = [];
  const predicates: Predicate[] = [];
  const add = (owner: string, expression: readonly Token[]): void => {
    leaves.push(...leavesOf(expression).map((leaf) => toLeaf(source, owner, leaf)));
  };

  const walk = (from: number, to: number, prefix: string): void => {
    for (let i = from; i < to; i += 1) {
      const { text } = tokens[i]!;
      if (text === 'match') {
        const { path, body } = pathAt(tokens, i + 1);
        const end = closing(tokens, body);
        const whole = path === DATABASE ? '' : prefix + path;
        if (whole) patterns.push(whole.slice(1));
        walk(body + 1, end, whole);
        i = end;
      } else if (text === 'function') {
        const name = tokens[i + 1]!.text;
        const body = closing(tokens, i + 2) + 1;
        const end = closing(tokens, body);
        if (tokens[body + 1]!.text !== 'return') {
          throw new Error(`${name} does more than return: name the part in a function instead.`);
        }
        const result = statement(tokens, body + 2);
        predicates.push({
          name,
          sentence: sentenceAt(source, tokens[i]!.start),
          calls: callsOf(result),
        });
        if (isCondition(result)) add(`function ${name}`, result);
        i = end;
      } else if (text === 'allow') {
        const colon = tokens.findIndex((token, at) => at > i && token.text === ':');
        const condition = statement(tokens, colon + 2);
        const operations = tokens
          .slice(i + 1, colon)
          .map((token) => token.text)
          .filter((word) => word !== ',');
        const pattern = prefix.slice(1);
        allows.push({ pattern, operations, calls: callsOf(condition) });
        add(`allow ${operations.join(', ')} of ${pattern}`, condition);
        i = colon + 1 + condition.length;
      }
    }
  };
  const service = tokens.findIndex(({ text }) => text === '{');
  walk(service + 1, closing(tokens, service), '');
  return { patterns, allows, leaves, predicates };
}

/** Functions that answer a value rather than yes or no: me, documents, maps. */
const VALUE = /^(request\.auth\.uid|get\(.*\)\.data|getAfter\(.*\)\.data|\{.*\})$/s;
const isCondition = (tokens: readonly Token[]): boolean =>
  !VALUE.test(tokens.map(({ text }) => text).join(''));

function toLeaf(source: string, owner: string, tokens: readonly Token[]): Leaf {
  const start = tokens[0]!.start;
  const end = tokens.at(-1)!.end;
  const before = source.slice(0, start).split('\n');
  return {
    owner,
    text: source.slice(start, end).replace(/\s+/g, ' '),
    start,
    end,
    line: before.length,
    column: before.at(-1)!.length + 1,
  };
}
