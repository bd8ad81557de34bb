import type { Person } from '@switchboard/domain';
import { alertsQuery, channelsQuery, newAlertsQuery } from './alert-queries.ts';
import { GALLERIES, galleryQuery } from './gallery-queries.ts';
import {
  agentsQuery,
  countQueries,
  LISTS,
  listQueries,
  SECTIONS,
  teamsQuery,
  templatesQuery,
  timelineQuery,
  type QuerySpec,
  type Reader,
} from './queries.ts';

/**
 * `firestore.indexes.json` from the queries themselves: neither emulator asks for an index, so a
 * missing one would be found in production only.
 */

interface IndexField {
  readonly fieldPath: string;
  readonly order?: 'ASCENDING' | 'DESCENDING';
  readonly arrayConfig?: 'CONTAINS';
}

/**
 * One entry of `indexes` (Firebase, "Cloud Firestore Index Definition Reference"). The order of the
 * fields is part of it: the one that a query orders by comes last.
 */
export interface CompositeIndex {
  readonly collectionGroup: string;
  readonly queryScope: 'COLLECTION' | 'COLLECTION_GROUP';
  readonly fields: readonly IndexField[];
}

interface FieldIndex {
  readonly queryScope: 'COLLECTION' | 'COLLECTION_GROUP';
  readonly order?: 'ASCENDING' | 'DESCENDING';
  readonly arrayConfig?: 'CONTAINS';
}

interface FieldOverride {
  readonly collectionGroup: string;
  readonly fieldPath: string;
  readonly ttl?: boolean;
  readonly indexes: readonly FieldIndex[];
}

/**
 * `firestore.indexes.json` as the Firebase CLI deploys it: composite indexes, and fields that have
 * none, other ones or an expiry.
 */
export interface IndexFile {
  readonly indexes: readonly CompositeIndex[];
  readonly fieldOverrides: readonly FieldOverride[];
}

const ascending = (fieldPath: string): IndexField => ({ fieldPath, order: 'ASCENDING' });

const collectionGroupOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/**
 * The composite index that a query needs, or `null` where single-field indexes do: equality and `in`
 * alone are merged from those (Firebase, "Index types"); an order beside a filter is not.
 */
export function indexOf(query: QuerySpec): CompositeIndex | null {
  const { where, orderBy } = query;
  if (orderBy === undefined || where.length === 0) return null;
  const contains = where.filter(({ op }) => op === 'array-contains');
  const equal = where.filter(({ op }) => op !== 'array-contains').map(({ field }) => field);
  return {
    collectionGroup: collectionGroupOf(query.collection),
    queryScope: 'COLLECTION',
    fields: [
      ...contains.map(({ field }) => ({ fieldPath: field, arrayConfig: 'CONTAINS' as const })),
      ...[...new Set(equal)].sort().map(ascending),
      {
        fieldPath: orderBy.field,
        order: orderBy.direction === 'asc' ? 'ASCENDING' : 'DESCENDING',
      },
    ],
  };
}

const teams = Array.from({ length: 20 }, (_, index) => `team${index}`);
const reader = (role: Person['role'], all: boolean, of: readonly string[]): Reader => ({
  uid: 'somebody',
  role,
  teams: of,
  all,
  everyTeam: all && role !== 'agent',
});

/** One of each sort of person: their queries together are all that the app asks. */
export const READERS: readonly Reader[] = [
  reader('agent', false, teams),
  reader('agent', true, teams),
  reader('supervisor', false, teams),
  reader('supervisor', true, teams),
  reader('admin', true, []),
];

/** All that each builder of `queries.ts` can be asked for, by its name; a test misses none. */
export const QUERIES: Readonly<Record<string, readonly QuerySpec[]>> = {
  listQueries: READERS.flatMap((person) =>
    LISTS.flatMap((list) => SECTIONS.flatMap((section) => listQueries(list, section, person))),
  ),
  countQueries: READERS.flatMap((person) =>
    (['team', 'all'] as const).flatMap((list) => countQueries(list, person)),
  ),
  timelineQuery: [timelineQuery('somewhere')],
  galleryQuery: GALLERIES.map((gallery) => galleryQuery('somewhere', gallery)),
  agentsQuery: [agentsQuery()],
  teamsQuery: [teamsQuery()],
  alertsQuery: [alertsQuery()],
  newAlertsQuery: [newAlertsQuery()],
  channelsQuery: [channelsQuery()],
  templatesQuery: [templatesQuery('somebody')],
};

/** Every query that the app can send. */
const everyQuery = (): readonly QuerySpec[] => Object.values(QUERIES).flat();

const on = (
  collectionGroup: string,
  fields: readonly string[],
  queryScope: CompositeIndex['queryScope'] = 'COLLECTION',
): CompositeIndex => ({ collectionGroup, queryScope, fields: fields.map(ascending) });

/** What the functions ask: answers of a case, unsent messages, the journal's ledger and its leftovers. */
const SERVER_INDEXES: readonly CompositeIndex[] = [
  on('journal', ['fate', 'receivedAt']),
  {
    collectionGroup: 'journal',
    queryScope: 'COLLECTION',
    fields: [ascending('fate'), { fieldPath: 'receivedAt', order: 'DESCENDING' }],
  },
  on('journal', ['fate', 'reason', 'receivedAt']),
  on('journal', ['fate', 'retryAt']),
  on('journal', ['receiptId', 'fate']),
  on('journal', ['wamid', 'fate']),
  on('alerts', ['open', 'endsAt']),
  on('media', ['state', 'retryAt']),
  on('scheduled', ['state', 'dueAt']),
  on('timeline', ['kind', 'at']),
  {
    collectionGroup: 'timeline',
    queryScope: 'COLLECTION',
    fields: [ascending('kind'), { fieldPath: 'at', order: 'DESCENDING' }],
  },
  on('timeline', ['kind', 'at'], 'COLLECTION_GROUP'),
  on('timeline', ['kind', 'state', 'at']),
  on('timeline', ['kind', 'state', 'at'], 'COLLECTION_GROUP'),
];

/** Nothing asks for these fields, and each index entry is paid for with every write. */
const unindexed = (collectionGroup: string, fieldPath: string): FieldOverride => ({
  collectionGroup,
  fieldPath,
  indexes: [],
});

const FIELD_OVERRIDES: readonly FieldOverride[] = [
  unindexed('conversations', 'contact'),
  unindexed('conversations', 'preview'),
  { ...unindexed('journal', 'expireAt'), ttl: true },
  unindexed('journal', 'raw'),
  { ...unindexed('alerts', 'expireAt'), ttl: true },
  unindexed('parts', 'raw'),
  unindexed('timeline', 'content'),
  unindexed('timeline', 'media'),
  unindexed('timeline', 'text'),
  {
    collectionGroup: 'timeline',
    fieldPath: 'wamid',
    indexes: [
      { queryScope: 'COLLECTION', order: 'ASCENDING' },
      { queryScope: 'COLLECTION_GROUP', order: 'ASCENDING' },
    ],
  },
];

/** The whole file. */
export function indexFile(): IndexFile {
  const needed = [...everyQuery().map(indexOf), ...SERVER_INDEXES].filter(
    (index) => index !== null,
  );
  const once = new Map(needed.map((index) => [JSON.stringify(index), index]));
  return {
    indexes: [...once.keys()].sort().flatMap((key) => once.get(key) ?? []),
    fieldOverrides: FIELD_OVERRIDES,
  };
}
