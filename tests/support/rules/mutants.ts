import type { Leaf, RulesSource } from './source.ts';

/** The rules with one thing changed. */
export interface Mutant {
  /** As reviewed lists name it: independent of line numbers. */
  readonly id: string;
  /** Where a person finds it. */
  readonly place: string;
  /** The condition that it changes; `null` where it changes more. */
  readonly leaf: Leaf | null;
  readonly source: string;
}

/** A comparison one off its bound. */
const BOUNDS: Readonly<Record<string, string>> = { '<=': '<', '>=': '>', '<': '<=', '>': '>=' };

const COMPARISON = /^(.*\S) (<=|>=|<|>) (\S.*)$/s;

function replacements({ text }: Leaf): readonly (readonly [change: string, by: string])[] {
  const constants = [
    ['true', 'true'],
    ['false', 'false'],
    ['negated', `!(${text})`],
  ] as const;
  const bound = COMPARISON.exec(text);
  if (!bound) return constants;
  const [, left = '', operator = '', right = ''] = bound;
  return [...constants, ['one off', `${left} ${BOUNDS[operator] ?? operator} ${right}`]];
}

/** Each leaf true, false, negated; comparisons of order one off their bound as well. */
export function mutantsOf(source: string, { leaves }: RulesSource): readonly Mutant[] {
  const seen = new Map<string, number>();
  return leaves.flatMap((leaf) => {
    const name = `${leaf.owner}: ${leaf.text}`;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return replacements(leaf).map(([change, by]) => ({
      id: `${name}${nth > 1 ? ` (${nth})` : ''} → ${change}`,
      place: `${leaf.line}:${leaf.column}`,
      leaf,
      source: source.slice(0, leaf.start) + by + source.slice(leaf.end),
    }));
  });
}

const LAST_BRACKETS = /\}\s*\}\s*$/;

function withMatch(source: string, match: string): string {
  const changed = source.replace(LAST_BRACKETS, `${match}\n  }\n}\n`);
  if (changed === source) throw new Error('The rules no longer end with two brackets.');
  return changed;
}

/** What somebody might do to the whole file, in haste. */
export function sabotagesOf(source: string): readonly Mutant[] {
  const sabotage = (id: string, changed: string): Mutant => ({
    id,
    place: '',
    leaf: null,
    source: changed,
  });
  return [
    sabotage(
      'anybody signed in may write everything',
      withMatch(source, '    match /{document=**} { allow write: if request.auth != null; }'),
    ),
    sabotage(
      'everything may be written',
      withMatch(source, '    match /{document=**} { allow write; }'),
    ),
    sabotage(
      'everything may be read',
      withMatch(source, '    match /{document=**} { allow read; }'),
    ),
    sabotage(
      'an admin may read every collection group',
      withMatch(
        source,
        "    match /{path=**}/timeline/{id} { allow read: if request.auth.token.r == 'admin'; }",
      ),
    ),
    sabotage('a take asks nobody whether the conversation is held', withoutTakeGuard(source)),
  ];
}

const TAKE_GUARD = 'return resource.data.assignee == null\n        && ';

/** The rules as they would be if a take did not ask whether somebody holds the conversation. */
export const withoutTakeGuard = (source: string): string => {
  if (!source.includes(TAKE_GUARD)) throw new Error('The guard of a take reads otherwise by now.');
  return source.replace(TAKE_GUARD, 'return ');
};

/** The rules with a catch-all in front of them, which makes every other one idle. */
export const withCatchAll = (source: string): string =>
  withMatch(source, '    match /{document=**} { allow read, write; }');
