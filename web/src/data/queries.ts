import { COLLECTIONS, timelinePath, type Person } from '@switchboard/domain';

/**
 * Every list query of the app as data: the same description is sent to Firestore, tried against the
 * rules under every role, and turned into `firestore.indexes.json`.
 */

/** A condition on one field. A query has one `in` at most (Firestore: 30 disjunctions after multiplying out). */
export interface Where {
  readonly field: string;
  readonly op: '==' | 'in' | 'array-contains';
  readonly value: string | boolean | null | readonly string[];
}

/** Where a row stands in the order of its query: the ordered value (`null` sorts first ascending) and its id. */
export interface Cursor {
  readonly value: number | string | null;
  readonly id: string;
}

/**
 * A query as data. `limit` 0 is none: counting asks for all. With an order, `after` and `until` are
 * places in it.
 */
export interface QuerySpec {
  /** Path of the collection. */
  readonly collection: string;
  readonly where: readonly Where[];
  /** The id breaks ties, in the same direction. */
  readonly orderBy?: { readonly field: string; readonly direction: 'asc' | 'desc' };
  readonly limit: number;
  /** Rows after this one. */
  readonly after?: Cursor;
  /** Rows up to and with this one. */
  readonly until?: Cursor;
}

/** Every {@link List}, in the order of the tabs. */
export const LISTS = ['mine', 'queue', 'team', 'all'] as const;
/**
 * - `mine`: held by this person.
 * - `queue`: held by nobody, in this person's teams.
 * - `team`: everything of this person's teams, and what the person was asked into.
 * - `all`: everything that this person may see.
 */
export type List = (typeof LISTS)[number];

/** Every {@link Section}, in the order of the screen. */
export const SECTIONS = ['open', 'pending', 'resolved'] as const;
/** `open`: we owe work. `pending`: waiting for the customer. `resolved`: done, to be found and reopened. */
export type Section = (typeof SECTIONS)[number];

/** Rows of a page: the lists that an inbox opens with stay under 60 documents together. */
export const PAGE: Readonly<Record<List, Readonly<Record<Section, number>>>> = {
  mine: { open: 25, pending: 10, resolved: 25 },
  queue: { open: 20, pending: 10, resolved: 25 },
  team: { open: 25, pending: 10, resolved: 25 },
  all: { open: 25, pending: 10, resolved: 25 },
};

/** Most rows that a page between two cursors may hold after rows moved into it. */
export const SEGMENT_LIMIT = 100;

/** What a list needs to know of a person. */
export type Reader = Pick<Person, 'uid' | 'role' | 'teams' | 'all' | 'everyTeam'>;

/** Supervisors of everything may take from every team's queue. */
const supervisesAll = (person: Reader): boolean => person.all && person.everyTeam;

/**
 * The lists that a person has. "All" is there only where it holds more than "Team"; "Team" only for
 * somebody who works in one. `teamIds` are all teams of the workspace; `null` until they are known.
 */
export function listsOf(person: Reader, teamIds: readonly string[] | null): readonly List[] {
  const teamless = person.teams.length === 0;
  const beyondTeams = teamIds?.some((id) => !person.teams.includes(id)) ?? false;
  return LISTS.filter((list) => {
    if (list === 'team') return !teamless || !person.all;
    if (list === 'all') return person.all && (teamless || beyondTeams);
    return true;
  });
}

/** The sections that a list offers. What is resolved is held by nobody, so Mine and Queue have none of it. */
export const sectionsOf = (list: List): readonly Section[] =>
  list === 'team' || list === 'all' ? SECTIONS : ['open', 'pending'];

const ORDER = {
  open: { field: 'waitingSince', direction: 'asc' },
  pending: { field: 'lastEntryAt', direction: 'desc' },
  resolved: { field: 'lastEntryAt', direction: 'desc' },
} as const satisfies Record<Section, QuerySpec['orderBy']>;

/** The order of a section: what is first in the query is first on the screen. */
export const orderOf = (section: Section): (typeof ORDER)[Section] => ORDER[section];

const inTeams = (person: Reader): Where => ({ field: 'teamId', op: 'in', value: person.teams });
const asGuest = (person: Reader): Where => ({
  field: 'guests',
  op: 'array-contains',
  value: person.uid,
});

/** The conditions of a list, one set per query; a list of none is empty. */
function conditions(list: List, person: Reader): readonly (readonly Where[])[] {
  switch (list) {
    case 'mine':
      return [[{ field: 'assignee.id', op: '==', value: person.uid }]];
    case 'queue': {
      const unheld: Where = { field: 'assignee', op: '==', value: null };
      if (supervisesAll(person)) return [[unheld]];
      return person.teams.length === 0 ? [] : [[unheld, inTeams(person)]];
    }
    case 'team':
      return [...(person.teams.length === 0 ? [] : [[inTeams(person)]]), [asGuest(person)]];
    case 'all':
      return person.all ? [[]] : conditions('team', person);
  }
}

/** The queries of one section of a list; their rows together, each once, in {@link orderOf}, are the section. */
export function listQueries(list: List, section: Section, person: Reader): readonly QuerySpec[] {
  if (person.role === null) return [];
  return conditions(list, person).map((where) => ({
    collection: COLLECTIONS.conversations,
    where: [...where, { field: 'status', op: '==', value: section }],
    orderBy: ORDER[section],
    limit: PAGE[list][section],
  }));
}

/** What `count()` is asked for: everything open or pending of a list's own teams, or of all. */
export function countQueries(list: 'team' | 'all', person: Reader): readonly QuerySpec[] {
  if (person.role === null) return [];
  return conditions(list, person)
    .filter((where) => where.every(({ op }) => op !== 'array-contains'))
    .map((where) => ({
      collection: COLLECTIONS.conversations,
      where: [...where, { field: 'active', op: '==', value: true }],
      limit: 0,
    }));
}

/** Entries of a page: of the live part of a timeline, and of each older one. */
export const TIMELINE_PAGE = 30;
/** A page of a conversation's entries, newest first; with `after`, the next older ones. */
export const timelineQuery = (conversationId: string, after?: Cursor): QuerySpec => ({
  collection: timelinePath(conversationId),
  where: [],
  orderBy: { field: 'at', direction: 'desc' },
  limit: TIMELINE_PAGE,
  ...(after ? { after } : {}),
});

/** All colleagues; what the rules let every signed-in person with claims list. */
export const agentsQuery = (): QuerySpec => ({
  collection: COLLECTIONS.agents,
  where: [],
  orderBy: { field: 'name', direction: 'asc' },
  limit: 500,
});

/** The first 100 teams by name; the rules let everyone with claims list them. */
export const teamsQuery = (): QuerySpec => ({
  collection: COLLECTIONS.teams,
  where: [],
  orderBy: { field: 'name', direction: 'asc' },
  limit: 100,
});

/** The first 500 templates of a WhatsApp account by name; the rules let everyone with claims list them. */
export const templatesQuery = (wabaId: string): QuerySpec => ({
  collection: COLLECTIONS.templates,
  where: [{ field: 'wabaId', op: '==', value: wabaId }],
  orderBy: { field: 'name', direction: 'asc' },
  limit: 500,
});
