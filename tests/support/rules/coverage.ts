import type { Leaf, RulesSource } from './source.ts';

/** One thing that an expression was seen to be. */
interface Value {
  readonly boolValue?: boolean;
}

/** The emulator's report, as far as it is read here: expressions, and what each was seen to be. */
interface Expression {
  readonly sourcePosition?: { readonly currentOffset?: number; readonly endOffset?: number };
  readonly values?: readonly { readonly value?: Value }[];
  readonly children?: readonly Expression[];
}

/** A condition that was never seen to be `missing`. */
export interface Gap {
  readonly leaf: Leaf;
  readonly missing: boolean;
}

/** As reviewed lists name it: independent of line numbers. */
export const gapId = ({ leaf, missing }: Gap): string =>
  `${leaf.owner}: ${leaf.text} is ${missing}`;

/** As a person finds it. */
export const describeGap = (gap: Gap): string =>
  `firestore.rules:${gap.leaf.line}:${gap.leaf.column} was never ${gap.missing}: ${gap.leaf.text} (${gap.leaf.owner})`;

const flatten = (expressions: readonly Expression[]): readonly Expression[] =>
  expressions.flatMap((e) => [e, ...flatten(e.children ?? [])]);

/**
 * The conditions that were not seen both true and false. A condition that the report does not hold
 * is an error: the gate would be blind there.
 */
export const gapsOf = (source: string, rules: RulesSource, coverage: unknown): readonly Gap[] =>
  valuesOf(source, rules, coverage).flatMap(({ leaf, values }) => {
    const seen = new Set(values.flatMap((value) => value.boolValue ?? []));
    return [true, false].filter((v) => !seen.has(v)).map((missing) => ({ leaf, missing }));
  });

/**
 * The conditions that were evaluated at all: neither passed over by an `&&` or `||` nor out of every
 * request's way. Only who evaluates a condition can notice that it changed.
 */
export const evaluated = (source: string, rules: RulesSource, coverage: unknown): readonly Leaf[] =>
  valuesOf(source, rules, coverage)
    .filter(({ values }) => values.some((value) => Object.keys(value).length > 0))
    .map(({ leaf }) => leaf);

/** What each condition was seen to be; an empty value stands for having been passed over. */
function valuesOf(
  source: string,
  { leaves }: RulesSource,
  coverage: unknown,
): readonly { readonly leaf: Leaf; readonly values: readonly Value[] }[] {
  if (/[\u{10000}-\u{10ffff}]/u.test(source)) {
    throw new Error('The report counts code points: keep such characters out of the rules.');
  }
  const byStart = new Map<number, Expression[]>();
  for (const expression of flatten((coverage as { report: readonly Expression[] }).report)) {
    const start = expression.sourcePosition?.currentOffset ?? 0;
    byStart.set(start, [...(byStart.get(start) ?? []), expression]);
  }
  return leaves.map((leaf) => ({
    leaf,
    values: (reportOf(source, leaf, byStart).values ?? []).map(({ value = {} }) => value),
  }));
}

/**
 * An expression of the report begins where its condition does, or at the brackets around it, and
 * ends before it (closing brackets are left out): of those the longest is the condition itself.
 */
function reportOf(
  source: string,
  leaf: Leaf,
  byStart: ReadonlyMap<number, readonly Expression[]>,
): Expression {
  const end = (e: Expression): number => e.sourcePosition?.endOffset ?? 0;
  const brackets = /[(\s]*$/.exec(source.slice(0, leaf.start))?.[0].length ?? 0;
  const starts = Array.from({ length: brackets + 1 }, (_, back) => leaf.start - back);
  const [longest] = starts
    .flatMap((start) => byStart.get(start) ?? [])
    .filter((e) => end(e) < leaf.end)
    .sort((a, b) => end(b) - end(a));
  if (!longest) {
    throw new Error(`The emulator's report has no ${leaf.line}:${leaf.column}: ${leaf.text}`);
  }
  return longest;
}
