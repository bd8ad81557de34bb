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

/** Every probe there is, those that tell most in the shortest time first. */
export const allProbes = (): readonly (readonly Probe[])[] => [
  Object.values(FIELD_PROBES).flat(),
  Object.values(QUERY_PROBES).flat(),
  PATTERNS.flatMap((pattern) =>
    DOCUMENT_OPERATIONS.flatMap((operation) =>
      ACTORS.flatMap((actor) => documentProbes(pattern, operation, actor)),
    ),
  ),
  JUDGED_NAMES.flatMap((name) => ACTORS.flatMap((actor) => operationProbes(name, actor))),
];

/** Mutants that nothing can notice, by their id, each with the reason. */
export const EQUIVALENT = JSON.parse(
  readFileSync(new URL('../../rules/equivalent-mutants.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>;
