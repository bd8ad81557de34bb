import { readFileSync } from 'node:fs';
import { ACTORS } from './actors.ts';
import { DOCUMENT_OPERATIONS, PATTERNS, documentProbes } from './documents.ts';
import { FIELD_PROBES } from './fields.ts';
import { JUDGED_NAMES, operationProbes } from './operations.ts';
import { QUERY_PROBES } from './queries.ts';
import type { Probe } from './requests.ts';

/** The rules as they are in the project. */
export const rulesSource = (): string =>
  readFileSync(new URL('../../../firestore.rules', import.meta.url), 'utf8');

/** Probes about one thing: an area of fields, a kind of list, a pattern, an operation. */
export interface Group {
  readonly name: string;
  readonly probes: readonly Probe[];
}

const named = (groups: Readonly<Record<string, readonly Probe[]>>): readonly Group[] =>
  Object.entries(groups).map(([name, probes]) => ({ name, probes }));

/** Every probe there is, the small groups first. */
export const allProbes = (): readonly Group[] =>
  [
    ...named(FIELD_PROBES),
    ...named(QUERY_PROBES),
    ...PATTERNS.map((pattern) => ({
      name: pattern,
      probes: DOCUMENT_OPERATIONS.flatMap((operation) =>
        ACTORS.flatMap((actor) => documentProbes(pattern, operation, actor)),
      ),
    })),
    ...JUDGED_NAMES.map((name) => ({
      name,
      probes: ACTORS.flatMap((actor) => operationProbes(name, actor)),
    })),
  ].sort((a, b) => a.probes.length - b.probes.length);

/** Mutants that nothing can notice, by their id, each with the reason. */
export const EQUIVALENT = JSON.parse(
  readFileSync(new URL('../../rules/equivalent-mutants.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>;
