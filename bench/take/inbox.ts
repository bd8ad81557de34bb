/** The inboxes of a crowd as data: whose they are, and what the app listens to in each. Pure. */
import { agentPath, personOf, type Agent, type Claims } from '@switchboard/domain';
import {
  agentsQuery,
  LISTS,
  listQueries,
  listsOf,
  teamsQuery,
  type List,
  type QuerySpec,
  type Reader,
} from '../../web/src/data/queries.ts';

/** What everybody in the crowd may read: they all work in the team whose conversation is taken. */
export const CLAIMS: Claims = { r: 'agent', t: ['support'], all: false };

/** An open inbox: whose, and what is on its screen. */
export interface Inbox {
  readonly person: Reader;
  readonly shows: List;
  /** A sheet that offers colleagues is open. */
  readonly offersColleagues: boolean;
}

/** The inbox of somebody who is the n-th, from 0: the tabs by turns. */
export function inboxFor(person: Reader, nth: number): Inbox {
  const tabs = listsOf(person, null);
  return { person, shows: tabs[nth % tabs.length] ?? LISTS[0], offersColleagues: false };
}

/** The n-th inbox of a crowd: every tenth looks for a colleague. */
export const inboxOf = (nth: number): Inbox => ({
  ...inboxFor(personOf(`crowd-${nth}`, CLAIMS, null), nth),
  offersColleagues: nth % 10 === 0,
});

/** The agent document of the n-th. */
export const agentOf = (nth: number): Agent => ({
  schemaVersion: 1,
  name: `Crowd ${nth}`,
  email: '',
  role: 'agent',
  teams: [...CLAIMS.t],
  allTeams: false,
  active: true,
  claimsVersion: 1,
  claims: CLAIMS,
});

/** What an inbox listens to. */
export interface Listens {
  readonly documents: readonly string[];
  /** The queue that is counted on its tab, whichever is shown. */
  readonly queue: readonly QuerySpec[];
  /** The SDK asks the server once for what is there twice. */
  readonly others: readonly QuerySpec[];
}

/** What the app listens to while its inbox is open (`web/src/data`: session, people, conversations). */
export function listensOf({ person, shows, offersColleagues }: Inbox): Listens {
  return {
    documents: [agentPath(person.uid)],
    queue: listQueries('queue', 'open', person),
    others: [
      teamsQuery(),
      ...listQueries('mine', 'open', person),
      ...listQueries('mine', 'pending', person),
      ...listQueries(shows, 'open', person),
      ...listQueries(shows, 'pending', person),
      ...(offersColleagues ? [agentsQuery()] : []),
    ],
  };
}
