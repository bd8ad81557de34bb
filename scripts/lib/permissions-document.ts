import {
  CONVERSATION_STATUSES,
  DOCUMENTS,
  PERMISSIONS,
  TEAMS_PER_PERSON,
  agentActor,
  may,
  refuses,
  type Access,
  type Conversation,
  type DocumentOperation,
  type CallableName,
  type Operation,
  type Person,
} from '@switchboard/domain';
import { NOW, aConversation, aPerson } from '@switchboard/domain/testing';

/** docs/permissions.md, as the permissions table says it. */

const SUPPORT = 'support';
const SALES = 'sales';

/** Whom the table tells apart, by what they are to a conversation of support. */
const PEOPLE = {
  'its holder': aPerson({ uid: 'holder', teams: [SALES] }),
  'agent of its team': aPerson({ uid: 'teammate', teams: [SUPPORT] }),
  guest: aPerson({ uid: 'guest', teams: [SALES] }),
  'agent who reads all': aPerson({ uid: 'reader', teams: [SALES], all: true }),
  'supervisor of its team': aPerson({ uid: 'lead', role: 'supervisor', teams: [SUPPORT] }),
  'supervisor of all, admin': aPerson({
    uid: 'chief',
    role: 'admin',
    teams: [],
    all: true,
    everyTeam: true,
  }),
  'agent or supervisor of other teams': aPerson({ uid: 'far', role: 'supervisor', teams: [SALES] }),
} as const satisfies Record<string, Person>;
type PersonName = keyof typeof PEOPLE;
const NAMES = Object.keys(PEOPLE) as PersonName[];

const WINDOWS = { open: NOW + 1, closed: NOW } as const;
const HOLDERS = ['nobody', 'somebody else'] as const;

interface State {
  readonly holder: (typeof HOLDERS)[number] | 'this person';
  readonly status: Conversation['status'];
  readonly window: keyof typeof WINDOWS;
  readonly partner: 'person' | 'group';
}

const statesOf = (name: PersonName): readonly State[] =>
  (name === 'its holder' ? (['this person'] as const) : HOLDERS).flatMap((holder) =>
    CONVERSATION_STATUSES.flatMap((status) =>
      (['open', 'closed'] as const).flatMap((window) =>
        (['person', 'group'] as const).map((partner) => ({ holder, status, window, partner })),
      ),
    ),
  );

const HOLDER_OF = {
  nobody: () => null,
  'somebody else': () => agentActor('somebody-else'),
  'this person': (person: Person) => agentActor(person.uid),
} as const;

const conversationIn = ({ holder, status, window, partner }: State, person: Person): Conversation =>
  aConversation({
    teamId: SUPPORT,
    status,
    assignee: HOLDER_OF[holder](person),
    guests: ['guest'],
    windowExpiresAt: WINDOWS[window],
    ...(partner === 'group' ? { kind: partner } : {}),
  });

/** What a condition is called; a set of values that is all of them is no condition. */
const WORDS: Readonly<Record<string, string>> = {
  'holder nobody': 'while nobody holds it',
  'status open,pending,snoozed': 'unless it is resolved',
  'status resolved': 'when it is resolved',
  'window open': 'inside the window',
  'partner person': 'unless it is a group',
};

/** "yes", "–", or under which conditions. */
function cell(operation: Operation, name: PersonName): string {
  const person = PEOPLE[name];
  const states = statesOf(name);
  const allowed = states.filter((s) => may(operation, person, conversationIn(s, person), NOW));
  if (allowed.length === 0) return '–';
  const dimensions = ['holder', 'status', 'window', 'partner'] as const;
  const values = dimensions.map((dimension) => ({
    dimension,
    all: [...new Set(states.map((s) => s[dimension]))],
    allowed: [...new Set(allowed.map((s) => s[dimension]))],
  }));
  if (values.reduce((n, v) => n * v.allowed.length, 1) !== allowed.length) {
    throw new Error(`${operation} by ${name} has conditions that depend on each other.`);
  }
  const conditions = values
    .filter((v) => v.allowed.length < v.all.length)
    .map((v) => wordsFor(`${v.dimension} ${v.allowed.join()}`));
  return conditions.length === 0 ? 'yes' : conditions.join(', ');
}

function wordsFor(condition: string): string {
  const words = WORDS[condition];
  if (words === undefined) throw new Error(`There are no words for "${condition}".`);
  return words;
}

/** What somebody may be answered: every code, those of the table's order first. */
function refusalsOf(operation: Operation): string {
  const codes = NAMES.flatMap((name) =>
    [true, false].flatMap((active) =>
      statesOf(name).map((state) => {
        const person = { ...PEOPLE[name], active };
        return refuses(operation, person, conversationIn(state, person), NOW);
      }),
    ),
  );
  const found = [...new Set(codes)].filter((code) => code !== null).sort();
  return found.map((code) => `\`${code}\``).join(', ');
}

/** The callable that an operation is a part of. */
const callableOf = (operation: Operation): CallableName => {
  if (operation === 'conversation.receipt') return 'receipt';
  if (operation === 'timeline.schedule') return 'schedule';
  return operation.startsWith('media.') ? 'media' : 'command';
};

/** Operations that are a write or read under the rules; the others are callables. */
const BY_RULES: readonly Operation[] = [
  'conversation.read',
  'conversation.take',
  'conversation.release',
  'conversation.markRead',
  'timeline.reply',
  'timeline.template',
  'timeline.note',
];

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

const operations = Object.keys(PERMISSIONS) as Operation[];

const conversationTable = (): string =>
  table(
    ['', ...NAMES],
    operations.map((operation) => [
      `\`${operation}\``,
      ...NAMES.map((name) => cell(operation, name)),
    ]),
  );

const refusalTable = (): string =>
  table(
    ['', 'judged by', 'refused as'],
    operations.map((operation) => [
      `\`${operation}\``,
      BY_RULES.includes(operation) ? 'rules' : `callable \`${callableOf(operation)}\``,
      refusalsOf(operation),
    ]),
  );

const ACCESS: Readonly<Record<Access, string>> = {
  nobody: '–',
  staff: 'everyone with claims',
  supervisor: 'supervisors and admins',
  staffOrSelf: 'everyone with claims, and whoever it is about',
  self: 'whose it is',
  author: 'who wrote it',
  conversationReader: 'readers of the conversation',
  contactReader: 'readers of one of the first five conversations',
  contactSupervisor: 'supervisors and admins among the contact’s readers',
  judged: 'as above',
};

const OPERATIONS: readonly DocumentOperation[] = ['get', 'list', 'create', 'update', 'delete'];

const documentTable = (): string =>
  table(
    ['', ...OPERATIONS],
    Object.entries(DOCUMENTS).map(([pattern, access]) => [
      `\`${pattern}\``,
      ...OPERATIONS.map((operation) => ACCESS[access[operation]]),
    ]),
  );

/** The whole page. */
export const permissionsDocument = (): string => `# Who may do what

Made by \`npm run docs\` from \`domain/src/permissions\`; a test fails while this page says something else. \`firestore.rules\` is proven equal to the same table (\`tests/rules\`), the callables ask it, and screens take their reasons from it.

## A conversation

${conversationTable()}

A conversation's holder is also what else they are to it. A bot that holds is a holder like any other; it never reads or writes through the rules.

## How it is judged, and what a refusal is called

${refusalTable()}

Rules have no words: the app asks the same table why.

## Documents

${documentTable()}

"–" is the server's alone. What this table does not name is nobody's.

## Besides

- **Claims.** A token carries \`{r: role, t: teams, all}\`; up to ${TEAMS_PER_PERSON} teams, more is \`all\`. Without them nobody reads or writes anything but sees their own agent document.
- **Reading asks the token**, so that no listener pays for a lookup: after a change of role or team the old token reads on until it ends, an hour at most.
- **Writing looks up the agent document** of that moment: somebody switched off this second changes nothing (\`deactivated\`), and whoever moved to another team takes there at once. Reading, noting and the read marker go by the token's teams.
- **Lists are proven from the query alone:** by own teams, by oneself as holder, by oneself as guest, or by \`all\`. A list that says nothing of the kind is denied, whatever it would find.
- **Ids of bots are never uids.** Lists of what one holds ask for the holder's id.
`;
