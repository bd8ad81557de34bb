import {
  agentActor,
  agentPath,
  conversationPath,
  DRAFT_LIMIT,
  DRAFT_REASONS,
  entryPath,
  TEXT_LIMIT,
  type Conversation,
} from '@switchboard/domain';
import {
  ADMIN,
  STRANGER,
  SUPERVISOR_OF_ALL,
  TEAMMATE,
  UNCLAIMED,
  deactivated,
  type Actor,
} from './actors.ts';
import {
  SERVER_TIME,
  commit,
  remove,
  set,
  update,
  type Fields,
  type Outcome,
  type Probe,
  type Request,
  type Seed,
  type Value,
  type Write,
} from './requests.ts';
import {
  CLIENT_ENTRY_ID,
  authorOf,
  conversationSeed,
  markRead,
  note,
  noteData,
  release,
  releaseUpdate,
  releasedEvent,
  reply,
  replyData,
  take,
  takeUpdate,
  takenEvent,
  uidOf,
} from './world.ts';

/**
 * The writes that the rules judge: each valid one, which is allowed, and beside it the same with one
 * thing changed, which is not (or still is, where the change is within bounds).
 */

/** `assignment.version` of every conversation here. */
const V = 4;
const ME = TEAMMATE;
const OTHER = 'a-colleague';
const COLLEAGUE: Actor = { ...ME, uid: OTHER };

interface Case {
  readonly name: string;
  readonly expect: Outcome;
  readonly conversation: Partial<Conversation>;
  readonly actor: Actor;
  readonly request: (id: string) => Request;
  readonly also: (id: string) => readonly Seed[];
}

type Options = Partial<Pick<Case, 'conversation' | 'actor' | 'also'>>;

const outcome =
  (expect: Outcome) =>
  (name: string, request: (id: string) => Request, options: Options = {}): Case => ({
    name,
    expect,
    request,
    conversation: {},
    actor: ME,
    also: () => [],
    ...options,
  });
const allows = outcome('allowed');
const denies = outcome('permission-denied');

const mine: Options = { conversation: { assignee: agentActor(uidOf(ME)) } };
const heldBy = (assignee: Conversation['assignee']): Options => ({ conversation: { assignee } });

const without = (data: Fields, field: string): Fields =>
  Object.fromEntries(Object.entries(data).filter(([name]) => name !== field));

const clientTime = (): Date => new Date();
const long = (length: number): string => 'x'.repeat(length);

/** A write with each of its keys missing. */
const eachMissing = (
  data: Fields,
  write: (data: Fields) => (id: string) => Request,
  options?: Options,
) =>
  Object.keys(data).map((field) =>
    denies(`without ${field}`, write(without(data, field)), options),
  );

/** A write with one key put in or changed. */
const eachChanged = (
  data: Fields,
  changes: readonly (readonly [name: string, field: string, value: Value])[],
  write: (data: Fields) => (id: string) => Request,
  options?: Options,
) =>
  changes.map(([name, field, value]) => denies(name, write({ ...data, [field]: value }), options));

type Change = readonly [name: string, field: string, value: Value];

const FOREIGN_AUTHORS: readonly Change[] = [
  ['by a colleague', 'author', authorOf(COLLEAGUE)],
  ['by a bot of the own uid', 'author', { kind: 'bot', id: uidOf(ME) }],
  ['by the customer', 'author', { kind: 'customer', id: uidOf(ME) }],
  ['by an author with more', 'author', { ...authorOf(ME), name: 'Jonas' }],
  ['by an author of no kind', 'author', { id: uidOf(ME) }],
  ['by a uid alone', 'author', uidOf(ME)],
];

const FALSE_TIMES: readonly Change[] = [
  ['at the time of the client', 'at', clientTime()],
  ['at a time long gone', 'at', new Date(0)],
  ['at a number', 'at', 1],
  ['at no time', 'at', null],
];

const FALSE_EXTRAS: readonly Change[] = [
  ['of another schema', 'schemaVersion', 2],
  ['of a schema in words', 'schemaVersion', '1'],
  ['at another position', 'seq', 1],
  ['of the case before', 'caseNumber', 1],
  ['of the case to come', 'caseNumber', 3],
  ['of no case', 'caseNumber', null],
];
const TRUE_EXTRAS: Fields = { schemaVersion: 1, seq: 0, caseNumber: 2 };

const BAD_TEXTS: readonly Change[] = [
  ['with an empty text', 'text', ''],
  ['with a text of 4,097 characters', 'text', long(4097)],
  ['with a number as text', 'text', 5],
  ['with nothing as text', 'text', null],
  ['with a list as text', 'text', ['x']],
  ['with a map as text', 'text', { body: 'x' }],
];

/** Ids that the server gives, and ids of no form. */
const FOREIGN_IDS: readonly string[] = [
  'take-9',
  'release-9',
  'cmd-9',
  'take-',
  long(41),
  long(43),
  'with.a.dot',
  'with a space',
  'grün',
];
const OWN_IDS: readonly string[] = [long(1), long(40), 'take9', 'cmd', 'A-z_0-9', 'x-take-1'];

const replyAs =
  (data: Fields, entryId = CLIENT_ENTRY_ID) =>
  (id: string) =>
    commit(set(entryPath(id, entryId), data));
const REPLY = replyData(ME, V);
const context = (value: Value): Fields => ({ ...REPLY, context: value });
const withWindow = (milliseconds: number): Options => ({
  conversation: { ...mine.conversation, windowExpiresAt: Date.now() + milliseconds },
});

const REPLIES: readonly Case[] = [
  allows('in its smallest shape', (id) => reply(id, ME, V), mine),
  allows('with everything a client may add', replyAs({ ...REPLY, ...TRUE_EXTRAS }), mine),
  allows('with a text of one character', replyAs({ ...REPLY, text: 'x' }), mine),
  allows(
    `with a text of ${TEXT_LIMIT} characters`,
    replyAs({ ...REPLY, text: long(TEXT_LIMIT) }),
    mine,
  ),
  allows(
    'of 2-unit characters up to the limit',
    replyAs({ ...REPLY, text: '🧊'.repeat(TEXT_LIMIT / 2) }),
    mine,
  ),
  allows('that quotes an entry', replyAs(context({ entryId: long(43) })), mine),
  allows('of a holder from another team', (id) => reply(id, STRANGER, V), {
    ...heldBy(agentActor(uidOf(STRANGER))),
    actor: STRANGER,
  }),
  allows('an hour before the window closes', (id) => reply(id, ME, V), withWindow(3_600_000)),
  denies('a second after the window closed', (id) => reply(id, ME, V), withWindow(-1_000)),
  denies('to a group', (id) => reply(id, ME, V), {
    conversation: { ...mine.conversation, kind: 'group' },
  }),
  ...OWN_IDS.map((entryId) => allows(`under the id ${entryId}`, replyAs(REPLY, entryId), mine)),
  ...FOREIGN_IDS.map((entryId) => denies(`under the id ${entryId}`, replyAs(REPLY, entryId), mine)),
  ...eachMissing(REPLY, replyAs, mine),
  ...eachChanged(
    REPLY,
    [
      ...FOREIGN_AUTHORS,
      ...FALSE_TIMES,
      ...FALSE_EXTRAS,
      ...BAD_TEXTS,
      ...['sending', 'accepted', 'sent', 'delivered', 'read', 'failed', 'unknown', 'held'].map(
        (state): Change => [`as ${state} already`, 'state', state],
      ),
      ['under the fence before', 'fence', V - 1],
      ['under the fence to come', 'fence', V + 1],
      ['under a fence in words', 'fence', String(V)],
      ['under no fence', 'fence', null],
      ['of the kind inbound', 'kind', 'inbound'],
      ['of the kind note', 'kind', 'note'],
      ['of the kind event', 'kind', 'event'],
      ['as a template without content', 'type', 'template'],
      ['as an image without media', 'type', 'image'],
      ['with a wamid', 'wamid', 'wamid.A'],
      ['with an error', 'error', { code: 1 }],
      ['with a time of sending', 'sentAt', clientTime()],
      ['with content', 'content', { type: 'x' }],
      ['that quotes nothing', 'context', {}],
      ['that quotes null', 'context', null],
      ['that quotes a word', 'context', 'entry'],
      ['that quotes a wamid', 'context', { wamid: 'wamid.A' }],
      ['that quotes more than an entry', 'context', { entryId: 'a', wamid: 'wamid.A' }],
      ['that quotes a number', 'context', { entryId: 5 }],
      ['that quotes an empty id', 'context', { entryId: '' }],
      ['that quotes a path', 'context', { entryId: 'a/b/c' }],
      ['that quotes too long an id', 'context', { entryId: long(44) }],
    ],
    replyAs,
    mine,
  ),
  denies('by somebody who does not hold', (id) => reply(id, ME, V), heldBy(agentActor(OTHER))),
  denies('while nobody holds', (id) => reply(id, ME, V), heldBy(null)),
  denies('while a bot of the own uid holds', (id) => reply(id, ME, V), {
    conversation: { assignee: { kind: 'bot', id: uidOf(ME) } },
  }),
  denies(
    'in a conversation that is not there',
    () => commit(set(entryPath('nowhere', CLIENT_ENTRY_ID), REPLY)),
    mine,
  ),
];

/** A reply of another type in its smallest shape: no text. */
const other = (type: string, over: Fields): Fields => ({
  ...without(REPLY, 'text'),
  type,
  ...over,
});
const MEDIA: Fields = { id: long(32), state: 'stored', mimeType: 'image/jpeg', size: 5 };
const PHOTO = other('image', { media: MEDIA });
const PDF = other('document', { media: MEDIA, content: { filename: 'invoice.pdf' } });
const THUMB = other('reaction', {
  content: { emoji: '👍', wamid: 'wamid.A' },
  context: { entryId: 'a' },
});
const PLACE = other('location', { content: { latitude: 1, longitude: 2 } });
const CHOICES = other('interactive', { text: 'Which day?', content: { kind: 'button' } });
const TEMPLATE = other('template', {
  content: { templateId: '7', name: 'visit_booked', values: { body: ['Marta'] } },
});
const changed = (data: Fields, changes: readonly Change[]): readonly Case[] =>
  eachChanged(data, changes, replyAs, mine);
const BAD_CAPTIONS: readonly Change[] = BAD_TEXTS.filter(([, , value]) => value !== null);
const NO_TEXTS: readonly Change[] = [['with a text', 'text', 'Look']];
const NO_MEDIA: readonly Change[] = [['with media', 'media', MEDIA]];
const BAD_MEDIA: readonly Change[] = [
  ['whose media is a word', 'media', 'photo'],
  ['whose media has no id', 'media', without(MEDIA, 'id')],
  ['whose media is a path', 'media', { ...MEDIA, id: 'a/b' }],
  ['whose media has too long an id', 'media', { ...MEDIA, id: long(65) }],
  ['whose media is on its way', 'media', { ...MEDIA, state: 'pending' }],
  ['whose media has failed', 'media', { ...MEDIA, failure: 'gone' }],
  ['whose media is of a numbered type', 'media', { ...MEDIA, mimeType: 5 }],
  ['whose media has half a byte', 'media', { ...MEDIA, size: 0.5 }],
];
const NO_MAPS: readonly Change[] = [
  ['whose content is a word', 'content', 'x'],
  ['whose content is a list', 'content', ['x']],
  ['whose content is nothing', 'content', null],
];

/** Replies beyond text. What is inside the larger ones, the dispatcher judges. */
const KINDS: readonly Case[] = [
  allows(
    'without the preview of its link',
    replyAs({ ...REPLY, content: { preview: false } }),
    mine,
  ),
  ...changed(REPLY, [
    ['whose preview is a word', 'content', { preview: 'no' }],
    ['as a text with a file', 'media', MEDIA],
  ]),
  ...['image', 'video', 'audio', 'document', 'sticker'].map((type) =>
    allows(`as ${type}`, replyAs({ ...PHOTO, type }), mine),
  ),
  allows('as an image with a caption', replyAs({ ...PHOTO, text: 'The slip' }), mine),
  allows(
    'as an image whose media says no more than its id',
    replyAs({ ...PHOTO, media: { id: 'a', state: 'stored' } }),
    mine,
  ),
  allows('as a document with a name', replyAs(PDF), mine),
  allows(
    'as a document with a name of 240 characters',
    replyAs({ ...PDF, content: { filename: long(240) } }),
    mine,
  ),
  allows('as a voice note', replyAs({ ...PHOTO, type: 'audio', content: { voice: true } }), mine),
  ...changed(PHOTO, [
    ...BAD_CAPTIONS,
    ...BAD_MEDIA,
    ['as an image without media', 'media', null],
    ['as an image that is a file of no type', 'type', 'gif'],
    ['as an image with more content', 'content', { filename: 'a', sha256: 'x' }],
    ['as an image with too long a name', 'content', { filename: long(241) }],
    ['as an image with a numbered name', 'content', { filename: 5 }],
    ['as an image whose voice is a word', 'content', { voice: 'yes' }],
  ]),
  denies('as an image after the window closed', replyAs(PHOTO), withWindow(-1_000)),
  allows('as a reaction', replyAs(THUMB), mine),
  allows('as a reaction taken back', replyAs({ ...THUMB, content: { emoji: '' } }), mine),
  allows('as a reaction of 40 units', replyAs({ ...THUMB, content: { emoji: long(40) } }), mine),
  ...changed(THUMB, [
    ...NO_TEXTS,
    ...NO_MEDIA,
    ...NO_MAPS,
    ['as a reaction of 41 units', 'content', { emoji: long(41) }],
    ['as a reaction of a number', 'content', { emoji: 5 }],
    ['as a reaction without emoji', 'content', { wamid: 'wamid.A' }],
    ['as a reaction to a number', 'content', { emoji: 'x', wamid: 5 }],
    ['as a reaction with more', 'content', { emoji: 'x', name: 'Jonas' }],
  ]),
  denies('as a reaction to nothing', replyAs(without(THUMB, 'context')), mine),
  denies('as a reaction after the window closed', replyAs(THUMB), withWindow(-1_000)),
  allows('as a place', replyAs(PLACE), mine),
  allows('as choices', replyAs(CHOICES), mine),
  allows('as cards', replyAs(other('contacts', { content: { cards: [] } })), mine),
  ...changed(CHOICES, [
    ...BAD_CAPTIONS,
    ...NO_MEDIA,
    ...NO_MAPS,
    ['as an order', 'type', 'order'],
    ['as a notice', 'type', 'system'],
  ]),
  denies('as a place that says nothing', replyAs(without(PLACE, 'content')), mine),
  denies('as choices after the window closed', replyAs(CHOICES), withWindow(-1_000)),
  allows('as a template', replyAs(TEMPLATE), mine),
  allows('as a template after the window closed', replyAs(TEMPLATE), withWindow(-1_000)),
  allows('as a template to somebody who never wrote', replyAs(TEMPLATE), {
    conversation: { ...mine.conversation, windowExpiresAt: null },
  }),
  allows('as a template with its words', replyAs({ ...TEMPLATE, text: 'Hello Marta' }), mine),
  allows('as a template with a file', replyAs({ ...TEMPLATE, media: MEDIA }), mine),
  denies('as a template by somebody who does not hold', replyAs(TEMPLATE), heldBy(null)),
  denies('as a template under the fence before', replyAs({ ...TEMPLATE, fence: V - 1 }), mine),
  ...changed(TEMPLATE, [
    ...BAD_CAPTIONS,
    ...BAD_MEDIA,
    ...NO_MAPS,
    ['as a template of a number', 'content', { templateId: 7, values: {} }],
    ['as a template without id', 'content', { values: {} }],
    ['as a template without values', 'content', { templateId: '7' }],
    ['as a template with a list of values', 'content', { templateId: '7', values: [] }],
    ['as a template with more', 'content', { templateId: '7', values: {}, body: 'Hello' }],
  ]),
];

/** An entry that is there already, as the dispatcher left it. */
const planted =
  (data: Fields) =>
  (id: string): readonly Seed[] => [
    { path: entryPath(id, CLIENT_ENTRY_ID), data: { ...data, at: new Date(0) } },
  ];
const onReply: Options = { ...mine, also: planted(REPLY) };
const onNote: Options = { also: planted(noteData(ME)) };
const revise = (data: Fields) => (id: string) =>
  commit(update(entryPath(id, CLIENT_ENTRY_ID), data));

const ENTRIES: readonly Case[] = [
  ...['sending', 'sent', 'read', 'queued'].map((state) =>
    denies(`forging the state ${state} on an own reply`, revise({ state }), onReply),
  ),
  denies('changing the text of an own reply', revise({ text: 'Other words' }), onReply),
  denies('writing an own reply over', replyAs(REPLY), onReply),
  denies('deleting an own reply', (id) => commit(remove(entryPath(id, CLIENT_ENTRY_ID))), onReply),
  denies('changing the text of an own note', revise({ text: 'Other words' }), onNote),
  denies('writing an own note over', (id) => note(id, ME), onNote),
  denies('deleting an own note', (id) => commit(remove(entryPath(id, CLIENT_ENTRY_ID))), onNote),
];

const noteAs =
  (data: Fields, entryId = CLIENT_ENTRY_ID) =>
  (id: string) =>
    commit(set(entryPath(id, entryId), data));
const NOTE = noteData(ME);

const NOTES: readonly Case[] = [
  allows('in its smallest shape', (id) => note(id, ME)),
  allows('with everything a client may add', noteAs({ ...NOTE, ...TRUE_EXTRAS, type: 'text' })),
  allows(`with a text of ${TEXT_LIMIT} characters`, noteAs({ ...NOTE, text: long(TEXT_LIMIT) })),
  allows('while a colleague holds', (id) => note(id, ME), heldBy(agentActor(OTHER))),
  allows('in a resolved conversation', (id) => note(id, ME), {
    conversation: { status: 'resolved', active: false },
  }),
  ...OWN_IDS.map((entryId) => allows(`under the id ${entryId}`, noteAs(NOTE, entryId))),
  ...FOREIGN_IDS.map((entryId) => denies(`under the id ${entryId}`, noteAs(NOTE, entryId))),
  ...eachMissing(NOTE, noteAs),
  ...eachChanged(
    NOTE,
    [
      ...FOREIGN_AUTHORS,
      ...FALSE_TIMES,
      ...FALSE_EXTRAS,
      ...BAD_TEXTS,
      ['of the kind outbound', 'kind', 'outbound'],
      ['of the kind inbound', 'kind', 'inbound'],
      ['of the kind event', 'kind', 'event'],
      ['as an image', 'type', 'image'],
      ['with a state', 'state', 'queued'],
      ['with a fence', 'fence', V],
      ['with data', 'data', { edited: true }],
      ['with a quote', 'context', { entryId: 'a' }],
    ],
    noteAs,
  ),
  denies('by somebody who may not read', (id) => note(id, STRANGER), { actor: STRANGER }),
  denies('in a conversation that is not there', () =>
    commit(set(entryPath('nowhere', CLIENT_ENTRY_ID), NOTE)),
  ),
];

const taken = (id: string, version = V + 1, data: Fields = takenEvent(ME)): Write =>
  set(entryPath(id, `take-${version}`), data);
const released = (id: string, version = V + 1, data: Fields = releasedEvent(ME)): Write =>
  set(entryPath(id, `release-${version}`), data);
const entry = (id: string, entryId: string, data: Fields): Write =>
  set(entryPath(id, entryId), data);

/** The conversation's part of a take or release, with something else in it. */
const assignmentOf = (over: Fields): Fields => ({
  version: V + 1,
  at: SERVER_TIME,
  by: uidOf(ME),
  ...over,
});
const TAKEN: Fields = { assignee: authorOf(ME), assignment: assignmentOf({}) };
const RELEASED: Fields = { assignee: null, assignment: assignmentOf({}) };

const takeOf = (over: Fields) => (id: string) =>
  commit(update(conversationPath(id), { ...TAKEN, ...over }), taken(id));
/** A change of the holder without an event. */
const takeAlone = (assignee: Value) => (id: string) =>
  commit(update(conversationPath(id), { ...TAKEN, assignee }));
const releaseOf = (over: Fields) => (id: string) =>
  commit(update(conversationPath(id), { ...RELEASED, ...over }), released(id));

/** The event of the next version is there already, so that the commit need not bring it. */
const eventThere =
  (name: 'take' | 'release', data: Fields): Case['also'] =>
  (id) => [{ path: entryPath(id, `${name}-${V + 1}`), data: { ...data, at: new Date(0) } }];
const OFF = deactivated(ME);

/** What a take or release may not change beside the holder. */
const BESIDE: readonly (readonly [field: string, value: Value])[] = [
  ['teamId', 'sales'],
  ['status', 'pending'],
  ['active', false],
  ['guests', ['a-friend']],
  ['readCount', 2],
  ['inboundCount', 9],
  ['windowExpiresAt', new Date(Date.now() + 1e9)],
  ['waitingSince', null],
  ['lastAssignee', { kind: 'bot', id: 'greeter' }],
  ['caseNumber', 9],
  ['contact', { name: 'Somebody else', maskedPhone: null }],
  ['mergedInto', 'elsewhere'],
].map(([field, value]) => [field as string, value as Value] as const);

const FALSE_ASSIGNMENTS: readonly (readonly [name: string, assignment: Value])[] = [
  ['under the version that is', assignmentOf({ version: V })],
  ['two versions on', assignmentOf({ version: V + 2 })],
  ['under a version in words', assignmentOf({ version: String(V + 1) })],
  ['at the time of the client', assignmentOf({ at: clientTime() })],
  ['in the name of a colleague', assignmentOf({ by: OTHER })],
  ['with more in the assignment', assignmentOf({ reason: 'mine' })],
  ['without saying who', without(assignmentOf({}), 'by')],
  ['without saying when', without(assignmentOf({}), 'at')],
];

/** Events that a take's or release's commit may not carry in place of its own. */
const falseEvents = (event: Fields): readonly Change[] => [
  ...FOREIGN_AUTHORS,
  ...FALSE_TIMES,
  ...FALSE_EXTRAS,
  ['whose event is an outbound', 'kind', 'outbound'],
  ['whose event is a note', 'kind', 'note'],
  ['whose event carries data', 'data', { from: null }],
  ['whose event carries a text', 'text', 'Mine'],
  ['whose event is an assignment', 'type', 'assigned'],
  ['whose event is of the other type', 'type', event['type'] === 'taken' ? 'released' : 'taken'],
];

const TAKES: readonly Case[] = [
  allows('in its smallest shape', (id) => take(id, ME, V + 1)),
  allows('field by field', (id) =>
    commit(
      update(conversationPath(id), {
        assignee: authorOf(ME),
        'assignment.version': V + 1,
        'assignment.at': SERVER_TIME,
        'assignment.by': uidOf(ME),
      }),
      taken(id),
    ),
  ),
  allows('with everything a client may add to the event', (id) =>
    commit(takeUpdate(id, ME, V + 1), taken(id, V + 1, { ...takenEvent(ME), ...TRUE_EXTRAS })),
  ),
  allows('with the first reply in the same commit', (id) =>
    commit(takeUpdate(id, ME, V + 1), taken(id), entry(id, CLIENT_ENTRY_ID, replyData(ME, V + 1))),
  ),
  allows('with a note in the same commit', (id) =>
    commit(takeUpdate(id, ME, V + 1), taken(id), entry(id, CLIENT_ENTRY_ID, NOTE)),
  ),
  allows('of what is snoozed', (id) => take(id, ME, V + 1), {
    conversation: { status: 'snoozed', active: false },
  }),
  allows(
    'by a supervisor of all, of a team not theirs',
    (id) => take(id, SUPERVISOR_OF_ALL, V + 1),
    {
      conversation: { teamId: 'billing' },
      actor: SUPERVISOR_OF_ALL,
    },
  ),
  denies('of another team', (id) => take(id, ME, V + 1), { conversation: { teamId: 'billing' } }),
  denies('of what is resolved', (id) => take(id, ME, V + 1), {
    conversation: { status: 'resolved', active: false },
  }),
  denies('of what a colleague holds', (id) => take(id, ME, V + 1), heldBy(agentActor(OTHER))),
  denies('of what is held already by the same person', (id) => take(id, ME, V + 1), mine),
  denies('without its event', (id) => commit(takeUpdate(id, ME, V + 1))),
  denies('of which there is only the event', (id) => commit(taken(id))),
  denies('for a colleague, where the event is there already', takeAlone(authorOf(COLLEAGUE)), {
    also: eventThere('take', takenEvent(ME)),
  }),
  ...[OFF, UNCLAIMED].map((actor) =>
    denies(
      `by ${actor.name}, where the event is there already`,
      (id) => commit(takeUpdate(id, actor, V + 1)),
      { actor, also: eventThere('take', takenEvent(actor)) },
    ),
  ),
  denies('with the event of the version before', (id) =>
    commit(takeUpdate(id, ME, V + 1), taken(id, V)),
  ),
  denies('with the event of the version to come', (id) =>
    commit(takeUpdate(id, ME, V + 1), taken(id, V + 2)),
  ),
  denies('with the event of a release', (id) => commit(takeUpdate(id, ME, V + 1), released(id))),
  denies('that records a release as well', (id) =>
    commit(takeUpdate(id, ME, V + 1), taken(id), released(id)),
  ),
  denies('that is recorded twice', (id) =>
    commit(takeUpdate(id, ME, V + 1), taken(id), taken(id, V + 2)),
  ),
  denies('recorded under a command', (id) =>
    commit(takeUpdate(id, ME, V + 1), taken(id), entry(id, 'cmd-1', takenEvent(ME))),
  ),
  denies('recorded under an id of its own', (id) =>
    commit(takeUpdate(id, ME, V + 1), taken(id), entry(id, CLIENT_ENTRY_ID, takenEvent(ME))),
  ),
  denies('with a reply under the fence before', (id) =>
    commit(takeUpdate(id, ME, V + 1), taken(id), entry(id, CLIENT_ENTRY_ID, REPLY)),
  ),
  denies(
    'with the first reply after the window closed',
    (id) =>
      commit(
        takeUpdate(id, ME, V + 1),
        taken(id),
        entry(id, CLIENT_ENTRY_ID, replyData(ME, V + 1)),
      ),
    { conversation: { windowExpiresAt: Date.now() - 1_000 } },
  ),
  ...FALSE_ASSIGNMENTS.map(([name, assignment]) => denies(name, takeOf({ assignment }))),
  ...BESIDE.map(([field, value]) =>
    denies(`that changes ${field} too`, takeOf({ [field]: value })),
  ),
  denies('for a colleague', takeOf({ assignee: authorOf(COLLEAGUE) })),
  denies('for a bot of the own uid', takeOf({ assignee: { kind: 'bot', id: uidOf(ME) } })),
  denies('for a holder with more', takeOf({ assignee: { ...authorOf(ME), name: 'Jonas' } })),
  denies('for nobody', takeOf({ assignee: null })),
  ...eachChanged(
    takenEvent(ME),
    falseEvents(takenEvent(ME)),
    (data) => (id) => commit(takeUpdate(id, ME, V + 1), taken(id, V + 1, data)),
  ),
  ...eachMissing(
    takenEvent(ME),
    (data) => (id) => commit(takeUpdate(id, ME, V + 1), taken(id, V + 1, data)),
  ),
];

const RELEASES: readonly Case[] = [
  allows('in its smallest shape', (id) => release(id, ME, V + 1), mine),
  allows(
    'with everything a client may add to the event',
    (id) =>
      commit(
        releaseUpdate(id, ME, V + 1),
        released(id, V + 1, { ...releasedEvent(ME), ...TRUE_EXTRAS }),
      ),
    mine,
  ),
  allows('of another team', (id) => release(id, ME, V + 1), {
    conversation: { ...mine.conversation, teamId: 'billing' },
  }),
  denies('of what a colleague holds', (id) => release(id, ME, V + 1), heldBy(agentActor(OTHER))),
  denies('of what a bot of the own uid holds', (id) => release(id, ME, V + 1), {
    conversation: { assignee: { kind: 'bot', id: uidOf(ME) } },
  }),
  denies('of what nobody holds', (id) => release(id, ME, V + 1)),
  denies('without its event', (id) => commit(releaseUpdate(id, ME, V + 1)), mine),
  denies('of which there is only the event', (id) => commit(released(id)), mine),
  denies('that hands over, where the event is there already', takeAlone(authorOf(COLLEAGUE)), {
    ...mine,
    also: eventThere('release', releasedEvent(ME)),
  }),
  denies(
    'by somebody switched off, where the event is there already',
    (id) => commit(releaseUpdate(id, OFF, V + 1)),
    {
      ...heldBy(agentActor(uidOf(OFF))),
      actor: OFF,
      also: eventThere('release', releasedEvent(OFF)),
    },
  ),
  denies('with the event of a take', (id) => commit(releaseUpdate(id, ME, V + 1), taken(id)), mine),
  denies(
    'with the event of the version before',
    (id) => commit(releaseUpdate(id, ME, V + 1), released(id, V)),
    mine,
  ),
  denies(
    'that records a take as well',
    (id) => commit(releaseUpdate(id, ME, V + 1), released(id), taken(id)),
    mine,
  ),
  denies(
    'that is recorded twice',
    (id) => commit(releaseUpdate(id, ME, V + 1), released(id), released(id, V + 2)),
    mine,
  ),
  denies(
    'with a reply in the same commit',
    (id) =>
      commit(
        releaseUpdate(id, ME, V + 1),
        released(id),
        entry(id, CLIENT_ENTRY_ID, replyData(ME, V + 1)),
      ),
    mine,
  ),
  ...FALSE_ASSIGNMENTS.map(([name, assignment]) => denies(name, releaseOf({ assignment }), mine)),
  ...BESIDE.map(([field, value]) =>
    denies(`that changes ${field} too`, releaseOf({ [field]: value }), mine),
  ),
  denies('that hands over to a colleague', releaseOf({ assignee: authorOf(COLLEAGUE) }), mine),
  denies('that keeps it', releaseOf({ assignee: authorOf(ME) }), mine),
  ...eachChanged(
    releasedEvent(ME),
    falseEvents(releasedEvent(ME)),
    (data) => (id) => commit(releaseUpdate(id, ME, V + 1), released(id, V + 1, data)),
    mine,
  ),
];

const mark = (data: Fields) => (id: string) => commit(update(conversationPath(id), data));

/** One of three is read in every conversation here. */
const READ_MARKS: readonly Case[] = [
  allows('one up', (id) => markRead(id, 2)),
  allows('up to what came in', (id) => markRead(id, 3)),
  allows('by the holder', (id) => markRead(id, 3), mine),
  denies('above what came in', (id) => markRead(id, 4)),
  denies('where it is', (id) => markRead(id, 1)),
  denies('down', (id) => markRead(id, 0)),
  denies('to a fraction', (id) => markRead(id, 2.5)),
  denies('to a word', mark({ readCount: '2' })),
  denies('to nothing', mark({ readCount: null })),
  denies('while a colleague holds', (id) => markRead(id, 2), heldBy(agentActor(OTHER))),
  denies('while a bot holds', (id) => markRead(id, 2), heldBy({ kind: 'bot', id: 'greeter' })),
  denies('by somebody who may not read', (id) => markRead(id, 2), { actor: STRANGER }),
  denies('together with what came in', mark({ readCount: 4, inboundCount: 4 })),
  denies('together with another field', mark({ readCount: 2, waitingSince: null })),
];

const change = (field: string, value: Value) => (id: string) =>
  commit(update(conversationPath(id), { [field]: value }));

/** The conversation by other ways than the judged ones. */
const ROWS: readonly Case[] = [
  denies('assigning to a colleague by hand', (id) =>
    commit(update(conversationPath(id), { assignee: authorOf(COLLEAGUE) })),
  ),
  denies('assigning to oneself by hand', (id) =>
    commit(update(conversationPath(id), { assignee: authorOf(ME) })),
  ),
  denies('raising the version alone', (id) =>
    commit(update(conversationPath(id), { assignment: assignmentOf({}) })),
  ),
  ...BESIDE.filter(([field]) => field !== 'readCount').flatMap(([field, value]) => [
    denies(`changing ${field} as its holder`, change(field, value), mine),
    denies(`changing ${field} as an admin`, change(field, value), { actor: ADMIN }),
  ]),
  denies('deleting it', (id) => commit(remove(conversationPath(id))), { actor: ADMIN }),
  denies(
    'making a new one',
    (id) => commit(set(conversationPath(`${id}-new`), { teamId: 'support', guests: [uidOf(ME)] })),
    { actor: ADMIN },
  ),
];

const AREAS = {
  reply: REPLIES,
  'reply of a kind': KINDS,
  'entry that is there': ENTRIES,
  note: NOTES,
  take: TAKES,
  release: RELEASES,
  'read marker': READ_MARKS,
  row: ROWS,
} as const;
export type Area = keyof typeof AREAS;

const conversationProbes = (area: Area): readonly Probe[] =>
  AREAS[area].map((c, index) => {
    const id = `field-${area.replace(/ /g, '-')}-${index}`;
    return {
      name: `${area} ${c.name}`,
      actor: c.actor,
      request: c.request(id),
      expect: c.expect,
      seeds: [conversationSeed(id, c.conversation), ...c.also(id)],
    };
  });

// Drafts and the own agent document: no conversation decides.

const DRAFT: Fields = { updatedAt: SERVER_TIME };
const draftPath = (id: string): string => `${agentPath(uidOf(ME))}/drafts/${id}`;

const draft = (expect: Outcome, name: string, data: Fields): Probe => ({
  name: `draft ${name}`,
  actor: ME,
  request: commit(set(draftPath(`field-${name.replace(/[^a-z0-9]+/g, '-')}`), data)),
  expect,
  seeds: [],
});

const DRAFTS: readonly Probe[] = [
  draft('allowed', 'without any text', DRAFT),
  draft('allowed', 'of a reply', { ...DRAFT, reply: 'Half a' }),
  draft('allowed', 'of a note', { ...DRAFT, note: 'Half a' }),
  draft('allowed', 'with everything', {
    ...DRAFT,
    schemaVersion: 1,
    reply: '',
    note: '',
    reason: null,
  }),
  ...DRAFT_REASONS.map((reason) =>
    draft('allowed', `kept for the reason ${reason}`, { ...DRAFT, reply: 'x', reason }),
  ),
  draft('allowed', `of ${DRAFT_LIMIT} characters`, {
    ...DRAFT,
    reply: long(DRAFT_LIMIT),
    note: long(DRAFT_LIMIT),
  }),
  draft('permission-denied', `whose reply has ${DRAFT_LIMIT + 1} characters`, {
    ...DRAFT,
    reply: long(DRAFT_LIMIT + 1),
  }),
  draft('permission-denied', `whose note has ${DRAFT_LIMIT + 1} characters`, {
    ...DRAFT,
    note: long(DRAFT_LIMIT + 1),
  }),
  draft('permission-denied', 'whose reply is a number', { ...DRAFT, reply: 5 }),
  draft('permission-denied', 'whose reply is a list', { ...DRAFT, reply: ['x'] }),
  draft('permission-denied', 'whose note is a list', { ...DRAFT, note: ['x'] }),
  draft('permission-denied', 'for a reason unknown', { ...DRAFT, reason: 'lazy' }),
  draft('permission-denied', 'of another schema', { ...DRAFT, schemaVersion: 2 }),
  draft('permission-denied', 'with something else', { ...DRAFT, to: 'somebody' }),
  draft('permission-denied', 'without a time', { reply: 'x' }),
  draft('permission-denied', 'at the time of the client', { reply: 'x', updatedAt: clientTime() }),
];

const ownAgent = (data: Fields): Request => commit(update(agentPath(uidOf(ME)), data));

const OWN_AGENT: readonly Probe[] = (
  [
    ['raising the own role', { role: 'admin' }],
    ['joining another team', { teams: ['support', 'billing'] }],
    ['supervising everything', { allTeams: true }],
    ['staying active', { active: true }],
    ['renaming oneself', { name: 'Somebody else' }],
    ['raising the version of the claims', { claimsVersion: 99 }],
  ] as const satisfies readonly (readonly [string, Fields])[]
).map(([name, data]) => ({
  name: `agent document: ${name}`,
  actor: ME,
  request: ownAgent(data),
  expect: 'permission-denied',
  seeds: [],
}));

export const FIELD_PROBES: Readonly<Record<string, readonly Probe[]>> = {
  ...Object.fromEntries((Object.keys(AREAS) as Area[]).map((a) => [a, conversationProbes(a)])),
  draft: DRAFTS,
  'agent document': OWN_AGENT,
};
