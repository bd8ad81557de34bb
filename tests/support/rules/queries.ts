import { contactPath, conversationPath, entryPath, type Claims } from '@switchboard/domain';
import {
  SECTIONS,
  agentsQuery,
  countQueries,
  listQueries,
  listsOf,
  teamsQuery,
  timelineQuery,
  type QuerySpec,
} from '../../../web/src/data/queries.ts';
import {
  ADMIN,
  ANONYMOUS,
  COLLEAGUES,
  GUEST,
  OUTSIDER,
  READER,
  STRANGER,
  TEAMMATE,
  UNCLAIMED,
  byToken,
  colleague,
  type Actor,
} from './actors.ts';
import {
  everythingIn,
  get,
  list,
  commit,
  set,
  type Outcome,
  type Probe,
  type Request,
} from './requests.ts';
import { conversationSeed, uidOf } from './world.ts';

/** Somebody in as many teams as one person may be. */
export const IN_TWENTY_TEAMS = colleague('somebody in twenty teams', {
  teams: ['support', ...Array.from({ length: 19 }, (_, i) => `team${i}`)],
});
/** Somebody new: claims, and no team yet. */
const IN_NO_TEAM = colleague('somebody in no team', { teams: [] });

const READERS: readonly Actor[] = [...COLLEAGUES, IN_TWENTY_TEAMS, IN_NO_TEAM];

const probe = (
  actor: Actor,
  name: string,
  request: Request,
  expect: Outcome,
  seeds: Probe['seeds'] = [],
): Probe => ({ name: `${actor.name}: ${name}`, actor, request, expect, seeds });

/** What a person's inbox asks for: every list with its sections and counts. */
function inboxOf(actor: Actor): readonly (readonly [name: string, request: Request])[] {
  const person = byToken(actor);
  const sections = listsOf(person, ['support', 'sales', 'billing']).flatMap((name) =>
    SECTIONS.flatMap((section) =>
      listQueries(name, section, person).map(
        (query, i) => [`${name}, ${section}, ${i + 1}`, list(query)] as const,
      ),
    ),
  );
  const counts = (['team', 'all'] as const).flatMap((name) =>
    countQueries(name, person).map(
      (query, i) => [`count of ${name}, ${i + 1}`, { kind: 'count', query }] as const,
    ),
  );
  return [...sections, ...counts];
}

const OWN: readonly Probe[] = READERS.flatMap((actor) =>
  inboxOf(actor).map(([name, request]) => probe(actor, name, request, 'allowed')),
);

/** The same lists, asked by somebody who may not have them. */
const FOREIGN: readonly Probe[] = [STRANGER, OUTSIDER, UNCLAIMED, ANONYMOUS].flatMap((actor) =>
  inboxOf(TEAMMATE).map(([name, request]) =>
    probe(actor, `${name} of an agent of the team`, request, 'permission-denied'),
  ),
);

const conversations = (...where: QuerySpec['where']): Request =>
  list({ collection: 'conversations', where, limit: 10 });

const inTeams = (...teams: readonly string[]): QuerySpec['where'][number] => ({
  field: 'teamId',
  op: 'in',
  value: teams,
});

/** Lists that say nothing about who may see their rows, whatever rows there are. */
const UNPROVEN: readonly (readonly [string, Request])[] = [
  ['all conversations', conversations()],
  ['all that is open', conversations({ field: 'status', op: '==', value: 'open' })],
  ['all that is active', conversations({ field: 'active', op: '==', value: true })],
  ['all that nobody holds', conversations({ field: 'assignee', op: '==', value: null })],
  ['the own team and another', conversations(inTeams('support', 'billing'))],
  [
    'what a colleague holds',
    conversations({ field: 'assignee.id', op: '==', value: 'a-colleague' }),
  ],
  [
    'where a colleague is a guest',
    conversations({ field: 'guests', op: 'array-contains', value: 'a-colleague' }),
  ],
  ['how many there are', { kind: 'count', query: everythingIn('conversations', 0) }],
];

const EVERYTHING: readonly Probe[] = UNPROVEN.flatMap(([name, request]) => [
  probe(TEAMMATE, name, request, 'permission-denied'),
  probe(GUEST, name, request, 'permission-denied'),
  probe(READER, name, request, 'allowed'),
  probe(ADMIN, name, request, 'allowed'),
  probe(OUTSIDER, name, request, 'permission-denied'),
]);

/** Collections across the whole database: nobody's, whatever they may read one by one. */
const GROUPS: readonly Probe[] = [
  'timeline',
  'cases',
  'drafts',
  'private',
  'parts',
  'conversations',
  'agents',
].map((collection) =>
  probe(
    ADMIN,
    `every ${collection} of the database`,
    { kind: 'group', query: everythingIn(collection) },
    'permission-denied',
  ),
);

const seeds = [
  conversationSeed('query-ours', { guests: [] }),
  conversationSeed('query-billing', { teamId: 'billing', guests: [] }),
];

const THREADS: readonly Probe[] = [
  probe(TEAMMATE, 'a thread', list(timelineQuery('query-ours')), 'allowed', seeds),
  probe(STRANGER, 'a thread', list(timelineQuery('query-ours')), 'permission-denied', seeds),
  probe(
    TEAMMATE,
    'a thread of billing',
    list(timelineQuery('query-billing')),
    'permission-denied',
    seeds,
  ),
  probe(
    TEAMMATE,
    'a conversation of billing',
    get(conversationPath('query-billing')),
    'permission-denied',
    seeds,
  ),
  probe(
    TEAMMATE,
    'the cases of billing',
    list(everythingIn(`${conversationPath('query-billing')}/cases`)),
    'permission-denied',
    seeds,
  ),
  probe(TEAMMATE, 'a thread of nowhere', list(timelineQuery('nowhere')), 'permission-denied'),
  probe(
    TEAMMATE,
    'an entry that is not there',
    get(entryPath('query-ours', 'absent')),
    'allowed',
    seeds,
  ),
  probe(
    STRANGER,
    'an entry that is not there',
    get(entryPath('query-ours', 'absent')),
    'permission-denied',
    seeds,
  ),
  probe(
    TEAMMATE,
    'a conversation that is not there',
    get(conversationPath('nowhere')),
    'permission-denied',
  ),
];

const COLLEAGUES_AND_TEAMS: readonly Probe[] = [
  ...READERS.flatMap((actor) => [
    probe(actor, 'all colleagues', list(agentsQuery()), 'allowed'),
    probe(actor, 'all teams', list(teamsQuery()), 'allowed'),
    probe(actor, 'all contacts', list(everythingIn('contacts')), 'permission-denied'),
    probe(
      actor,
      'how many contacts there are',
      { kind: 'count', query: everythingIn('contacts', 0) },
      'permission-denied',
    ),
  ]),
  ...[OUTSIDER, UNCLAIMED, ANONYMOUS].flatMap((actor) => [
    probe(actor, 'all colleagues', list(agentsQuery()), 'permission-denied'),
    probe(actor, 'all teams', list(teamsQuery()), 'permission-denied'),
  ]),
];

/** Whatever the rules file does not name is nobody's. */
const UNNAMED: readonly Probe[] = [
  'anything/at-all',
  'conversations/query-ours/anything/at-all',
  `agents/${uidOf(ADMIN)}/anything/at-all`,
  'conversations/query-ours/timeline/entry/anything/at-all',
].flatMap((path) => [
  probe(ADMIN, `reads ${path}`, get(path), 'permission-denied', seeds),
  probe(ADMIN, `writes ${path}`, commit(set(path, { mine: true })), 'permission-denied', seeds),
]);

/** Tokens that the server would never write. */
const withToken = (name: string, claims: object): Actor => ({
  ...TEAMMATE,
  name,
  claims: claims as Claims,
});
const WITH_ODD_ROLE = withToken('a token with an unknown role', {
  r: 'owner',
  t: ['support'],
  all: true,
});
const WITHOUT_ROLE = withToken('a token without a role', { t: ['support'], all: true });
const WITHOUT_TEAMS = withToken('a token without teams', { r: 'agent' });
const WITH_ALL_IN_WORDS = withToken('a token with all in words', {
  r: 'agent',
  t: ['support'],
  all: 'true',
});

const odd = [
  ...seeds,
  { path: contactPath('query-contact'), data: { name: 'Marta', conversationIds: ['query-ours'] } },
  conversationSeed('query-guest', { teamId: 'billing', guests: [uidOf(TEAMMATE)] }),
];
const TOKENS: readonly Probe[] = [
  ...[WITH_ODD_ROLE, WITHOUT_ROLE].map((actor) =>
    probe(actor, 'a contact', get(contactPath('query-contact')), 'permission-denied', odd),
  ),
  probe(TEAMMATE, 'the same contact', get(contactPath('query-contact')), 'allowed', odd),
  probe(
    WITH_ODD_ROLE,
    'a conversation of the team',
    get(conversationPath('query-ours')),
    'permission-denied',
    odd,
  ),
  probe(
    WITHOUT_ROLE,
    'a conversation of the team',
    get(conversationPath('query-ours')),
    'permission-denied',
    odd,
  ),
  probe(
    WITHOUT_TEAMS,
    'a conversation of the team',
    get(conversationPath('query-ours')),
    'permission-denied',
    odd,
  ),
  probe(
    WITHOUT_TEAMS,
    'a conversation as a guest',
    get(conversationPath('query-guest')),
    'allowed',
    odd,
  ),
  probe(
    WITH_ALL_IN_WORDS,
    'a conversation of the team',
    get(conversationPath('query-ours')),
    'allowed',
    odd,
  ),
  probe(
    WITH_ALL_IN_WORDS,
    'a conversation of billing',
    get(conversationPath('query-billing')),
    'permission-denied',
    odd,
  ),
];

export const QUERY_PROBES: Readonly<Record<string, readonly Probe[]>> = {
  "the app's own lists": OWN,
  "somebody else's lists": FOREIGN,
  'lists that prove nothing': EVERYTHING,
  'collections across the database': GROUPS,
  threads: THREADS,
  'colleagues, teams and contacts': COLLEAGUES_AND_TEAMS,
  'what the rules do not name': UNNAMED,
  'tokens that the server never wrote': TOKENS,
};
