/** Compares what there is in the end with what must be. Answers what is wrong, each in a sentence. */
import {
  callbackData,
  casePath,
  conversationPath,
  draftPath,
  entryPath,
  journalPath,
  timelinePath,
  type DocumentData,
  type LedgerHour,
} from '@switchboard/domain';
import { idOf } from './ids.ts';
import type { Sent, Update } from './meta.ts';
import { expected, expectedName, furthest, type Observed } from './oracle.ts';
import type { People, Reply, Thread, Written } from './people.ts';
import { bytesOf, isGone, type World } from './world.ts';

/** Everything that is wrong. `disturbed`: processes died or failed, so that nobody may know. */
export function audit(world: World, people: People, disturbed: boolean): readonly string[] {
  const told = people.threads.filter(({ phases }) => phases.some(({ written }) => written.length));
  const customers = new Set(told.map(({ customer }) => customer));
  return [
    ...world.crashes.map((crash) => `a job crashed: ${crash}`),
    ...counts(world, 'conversations', told.length),
    ...counts(world, 'contacts', customers.size),
    ...judgeJournal(world),
    ...told.flatMap((thread) => judgeThread(world, thread, people, disturbed)),
    ...[...customers].flatMap((customer) =>
      judgeContact(
        world,
        told.filter((thread) => thread.customer === customer),
        people,
      ),
    ),
  ];
}

function counts(world: World, collection: string, wanted: number): readonly string[] {
  const { length } = world.database.query({ collection, where: [], limit: Infinity });
  return length === wanted ? [] : [`${collection}: ${length} instead of ${wanted}`];
}

/** The name of a journal item as the documentation has it; `null` for one that is named by its text. */
function itemId({ list, item, channelId, fate }: Update): string | null {
  if (list === 'other') return null;
  const by = fate === 'parked unknown-number' ? ['by', 'default'] : [];
  const wamid = String(item['id']);
  if (list === 'message_echoes') return idOf('echo', channelId, wamid);
  return list === 'messages'
    ? idOf(...by, 'message', channelId, wamid)
    : idOf('status', channelId, wamid, String(item['status']), '');
}

const fateOf = (data: DocumentData | null): string =>
  data === null ? 'lost' : [data['fate'], data['reason']].filter(Boolean).join(' ');

/** Every item once, and each where it belongs. */
function judgeJournal(world: World): readonly string[] {
  const { updates } = world.meta;
  return [
    ...counts(world, 'journal', updates.length),
    ...updates.flatMap((update) => {
      const id = itemId(update);
      if (id === null) return [];
      const is = fateOf(world.get(journalPath(id)));
      const wanted = update.fate ?? 'done';
      return is === wanted || isUnmatched(world, update, is)
        ? []
        : [`journal/${id} (${update.name}) is "${is}" instead of "${wanted}"`];
    }),
  ];
}

/** A status without callback data of a message whose wamid nobody was told finds nothing, honestly. */
function isUnmatched(world: World, { list, item }: Update, is: string): boolean {
  if (list !== 'statuses' || is !== 'parked unknown-message') return false;
  if (item['biz_opaque_callback_data'] !== undefined) return false;
  return world.database
    .query({
      collection: 'timeline',
      everywhere: true,
      where: [['wamid', '==', item['id']]],
      limit: 9,
    })
    .every(({ data }) => data?.['kind'] !== 'outbound');
}

function judgeThread(
  world: World,
  thread: Thread,
  people: People,
  disturbed: boolean,
): readonly string[] {
  const id = people.conversationId(thread);
  const row = id === null ? null : world.get(conversationPath(id));
  if (id === null || row === null) return [`${thread.key} has no conversation`];
  const entries = world.database.query({
    collection: timelinePath(id),
    where: [],
    limit: Infinity,
  });
  const of = (kind: string) =>
    entries.flatMap(({ data }) => (data?.['kind'] === kind ? [data] : []));
  const written = thread.phases.flatMap((phase) => phase.written);
  const replies = thread.phases.flatMap((phase) => phase.replies);
  const observed: Observed = {
    receivedAt: new Map(
      of('inbound').map((data) => [String(data['wamid']), Number(data['receivedAt'])]),
    ),
    answers: new Set(
      replies.flatMap(({ entryId }) =>
        ['accepted', 'sent', 'delivered', 'read', 'played'].includes(
          String(world.get(entryPath(id, entryId))?.['state']),
        )
          ? [entryId]
          : [],
      ),
    ),
  };
  const wanted = expected(thread.phases, observed);
  const wrong = [
    ...Object.entries(wanted.row).flatMap(([field, value]) =>
      row[field] === value ? [] : [`${field} is ${String(row[field])} instead of ${String(value)}`],
    ),
    ...(of('inbound').length === written.length
      ? []
      : [`${of('inbound').length} messages instead of ${written.length}`]),
    ...(of('outbound').length === replies.length
      ? []
      : [`${of('outbound').length} replies instead of ${replies.length}`]),
    ...written.flatMap((message) =>
      judgeMessage(world, message, of('inbound'), wanted.cases.get(message.wamid) ?? 0),
    ),
    ...wanted.openedAt.flatMap((at, index) => judgeCase(world, id, index + 1, at, wanted.row)),
    ...replies.flatMap((reply) => judgeReply(world, id, reply, disturbed)),
    ...judgePreview(world, thread, id, observed),
  ];
  return wrong.map((what) => `${conversationPath(id)}: ${what}`);
}

/** The row shows the newest word of either side; of what failed it depends on what was heard first. */
function judgePreview(
  world: World,
  { channelId, phases }: Thread,
  id: string,
  { answers }: Observed,
): readonly string[] {
  const shown = phases.flatMap(({ written, replies }) => [
    ...written.flatMap(({ wamid, at, type }) =>
      COMMENTS.includes(type) ? [] : [{ id: idOf('message', channelId, wamid), at, sure: true }],
    ),
    ...replies.map(({ entryId, at }) => ({ id: entryId, at, sure: answers.has(entryId) })),
  ]);
  const newest = Math.max(...shown.map(({ at }) => at));
  const last = shown.filter(({ at }) => at === newest);
  if (!last.every(({ sure }) => sure)) return [];
  const preview = world.get(conversationPath(id))?.['preview'] as { entryId?: string } | null;
  return last.some((one) => one.id === preview?.entryId)
    ? []
    : [`its row shows ${String(preview?.entryId)} instead of ${last[0]?.id}`];
}

/** What comments on something that is there. */
const COMMENTS: readonly string[] = ['reaction', 'edit', 'revoke'];

function judgeCase(
  world: World,
  id: string,
  number: number,
  openedAt: number,
  row: { readonly status: string; readonly caseNumber: number },
): readonly string[] {
  const found = world.get(casePath(id, number));
  if (found === null) return [`case ${number} is not there`];
  const resolved = number < row.caseNumber || row.status === 'resolved';
  return [
    ...(found['openedAt'] === openedAt
      ? []
      : [`case ${number} was opened ${String(found['openedAt'])} instead of ${openedAt}`]),
    ...((found['resolvedAt'] !== null) === resolved
      ? []
      : [`case ${number} is ${resolved ? 'not ' : ''}resolved`]),
  ];
}

function judgeMessage(
  world: World,
  message: Written,
  inbound: readonly DocumentData[],
  caseNumber: number,
): readonly string[] {
  const found = inbound.filter(({ wamid }) => wamid === message.wamid);
  const [entry] = found;
  if (entry === undefined || found.length > 1)
    return [`${message.wamid} is there ${found.length} times`];
  const wanted = {
    at: message.at,
    type: message.type,
    caseNumber,
    ...(message.text === null ? {} : { text: message.text }),
  };
  return [
    ...Object.entries(wanted).flatMap(([field, value]) =>
      entry[field] === value
        ? []
        : [`${message.wamid}: ${field} is ${String(entry[field])} instead of ${String(value)}`],
    ),
    ...(message.metaId === null ? [] : judgeMedia(world, message, entry)),
  ];
}

/** Ours with the right bytes; or told as what can't be had, and why. */
function judgeMedia(
  world: World,
  { wamid, metaId }: Written,
  entry: DocumentData,
): readonly string[] {
  const media = entry['media'] as { id: string; state: string; failure?: string } | undefined;
  if (media === undefined || metaId === null) return [`${wamid} has no media`];
  const task = world.get(`media/${media.id}`);
  if (task?.['state'] !== media.state)
    return [`${wamid}: media is ${media.state}, its task ${String(task?.['state'])}`];
  if (media.state === 'stored')
    return world.stored.get(media.id)?.equals(bytesOf(metaId)) ? [] : [`${wamid}: other bytes`];
  const told = media.failure !== undefined;
  if (media.state === 'expired' && told && isGone(metaId)) return [];
  if (media.state === 'failed' && told && !isGone(metaId)) return [];
  return [`${wamid}: media is ${media.state} (${media.failure ?? 'no reason'}) in the end`];
}

/** At Meta once, or honestly in doubt; and in the state that Meta told last. */
function judgeReply(
  world: World,
  id: string,
  { entryId, text, byPhone }: Reply,
  disturbed: boolean,
): readonly string[] {
  const entry = world.get(entryPath(id, entryId));
  const sent = world.meta.sent.get(callbackData(id, entryId));
  const state = String(entry?.['state']);
  const say = (what: string) => [`reply ${entryId} is ${state}, ${what}`];
  if (entry?.['text'] !== text) return say('and its text is another');
  if (byPhone) return state === 'sent' ? [] : say('and was sent by phone');
  if (sent !== undefined && sent.wamids.length > 1)
    return say(`at Meta ${sent.wamids.length} times`);
  const wanted = statesOf(world, entry, sent, disturbed);
  if (!wanted.includes(state)) return say(`instead of ${wanted.join(' or ')}`);
  const draft = String(world.get(draftPath('jonas', id))?.['reply']);
  return state === 'refused' && !draft.includes(text)
    ? say('and its text is not in the draft')
    : [];
}

/** In which states a reply may end by what Meta knows of it. */
function statesOf(
  world: World,
  entry: DocumentData,
  sent: Sent | undefined,
  disturbed: boolean,
): readonly string[] {
  const unknown = disturbed || sent?.doubtful === true ? ['unknown'] : [];
  const [wamid] = sent?.wamids ?? [];
  if (sent === undefined) return ['refused', ...unknown];
  if (wamid === undefined)
    return sent.refused ? ['failed', ...unknown] : ['failed', 'refused', ...unknown];
  const told = sent.statuses.filter(({ silent }) => !silent || entry['wamid'] === wamid);
  const last = furthest(told.map(({ state }) => state));
  return last === null ? ['accepted', ...unknown] : [last];
}

/** One contact with the newest name and every conversation, whatever Meta named them by. */
function judgeContact(world: World, threads: readonly Thread[], people: People): readonly string[] {
  const ids = threads.map((thread) => people.conversationId(thread) ?? '');
  const contactId = String(world.get(conversationPath(ids[0] ?? ''))?.['contactId']);
  const contact = world.get(`contacts/${contactId}`);
  if (contact === null) return [`contacts/${contactId} is not there`];
  const name = expectedName(threads.flatMap(({ phases }) => phases.flatMap((one) => one.written)));
  const known = [...(contact['conversationIds'] as string[])].sort();
  return [
    ...(contact['name'] === name
      ? []
      : [`contacts/${contactId}: named ${String(contact['name'])} instead of ${name}`]),
    ...(JSON.stringify(known) === JSON.stringify([...ids].sort())
      ? []
      : [`contacts/${contactId}: leads to ${known.join(', ')} instead of ${ids.join(', ')}`]),
  ];
}

/** What the ledger itself says, and what does not add up in it. */
export interface Balance {
  readonly received: number;
  readonly shown: number;
  readonly ignored: number;
  readonly parked: number;
  readonly repeated: number;
  readonly waiting: number;
  readonly sent: Readonly<
    Record<'written' | 'delivered' | 'failed' | 'waiting' | 'unknown', number>
  >;
}

export function balanceOf(
  hours: readonly LedgerHour[],
  sent: Balance['sent'],
): { readonly balance: Balance; readonly wrong: readonly string[] } {
  const sum = (field: keyof LedgerHour) => hours.reduce((total, hour) => total + hour[field], 0);
  const balance: Balance = {
    received: sum('received'),
    shown: sum('shown'),
    ignored: sum('ignored'),
    parked: sum('parked'),
    repeated: sum('repeated'),
    waiting: sum('waiting'),
    sent,
  };
  const { received, shown, ignored, parked, repeated, waiting } = balance;
  return {
    balance,
    wrong: [
      ...(received === shown + ignored + parked + repeated && waiting === 0
        ? []
        : [`the ledger does not balance: ${JSON.stringify(balance)}`]),
      ...(sent.written === sent.delivered + sent.failed + sent.waiting + sent.unknown
        ? []
        : [`what was sent does not balance: ${JSON.stringify(sent)}`]),
    ],
  };
}
