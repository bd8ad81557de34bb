import {
  isAgent,
  may,
  unreadCount,
  windowLeft,
  type OutboundState,
  type Person,
  type Preview,
} from '@switchboard/domain';
import type { ConversationRow } from '../../data/conversations.ts';
import type { List } from '../../data/queries.ts';
import type { MessageKey, Translate } from '../../i18n/index.ts';
import { lineOf, ourType } from '../../i18n/type-name.ts';
import type { Reading } from '../../i18n/clock.ts';
import { durationOf, rowTime } from './times.ts';

/** What a row is read with. */
export interface Eyes {
  readonly t: Translate;
  readonly me: string;
  /** Name of a colleague; `undefined` until it is known. */
  readonly nameOf: (uid: string) => string | undefined;
  /** Epoch ms. */
  readonly now: number;
  readonly reading: Reading;
  readonly list: List;
}

/** How far the newest message of ours has come, as the row’s mark. */
export type Mark = 'queued' | 'sent' | 'delivered' | 'read' | 'failed' | 'unknown';

/** Whoever holds the conversation of a row, as its badge says it. */
export interface Owner {
  readonly kind: 'agent' | 'none';
  readonly uid: string;
  /** For the badge's letters; empty until it is known. */
  readonly fullName: string;
  /** As the row says it: the first name. */
  readonly name: string;
  /** Beside the badge; in Mine and in the Queue, where all are alike, the badge alone says it. */
  readonly shown: boolean;
}

/** A row, ready to be drawn. */
export interface RowView {
  readonly id: string;
  readonly name: string;
  readonly time: string;
  readonly preview: string;
  readonly unread: number;
  readonly unreadLabel: string;
  readonly owner: Owner | null;
  /** Held by the reader, in a list that shows others' too. */
  readonly mineEdge: boolean;
  /** Ms since the first message without an answer; `null` where nothing is owed. */
  readonly waited: number | null;
  readonly waitedLabel: string;
  readonly windowLeft: number;
  readonly windowLabel: string;
  readonly mark: Mark | null;
  readonly markLabel: string;
  /** The name of the row's link: all of it in one sentence. */
  readonly label: string;
}

/**
 * The mark of our last message. A row learns of read and failed only; what was accepted and no more
 * has none, since nobody may take it for sent.
 */
const MARKS: Readonly<Record<OutboundState, Mark | null>> = {
  queued: 'queued',
  sending: 'queued',
  accepted: null,
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'failed',
  refused: 'failed',
  unknown: 'unknown',
};

/** A duration in words: "4 minutes", "17 hours 42 minutes", "2 days 3 hours". */
export function durationWords(ms: number, t: Translate): string {
  const { days, hours, minutes } = durationOf(ms);
  const larger = days > 0 ? t('inbox.row.days', days) : t('inbox.row.hours', hours);
  const smaller = days > 0 ? t('inbox.row.hours', hours) : t('inbox.row.minutes', minutes);
  if (days === 0 && hours === 0) return smaller;
  return (days > 0 ? hours : minutes) === 0
    ? larger
    : t('inbox.row.both', { hours: larger, minutes: smaller });
}

function previewLine(preview: Preview | null, eyes: Eyes): string {
  if (preview === null) return '';
  const text = lineOf(eyes.t, ourType(preview.kind, preview.type), preview.text);
  if (preview.kind === 'inbound') return text;
  const note = preview.kind === 'note';
  if (isAgent(preview.author, eyes.me))
    return eyes.t(note ? 'inbox.row.noteYou' : 'inbox.row.saysYou', { text });
  const name = authorName(preview, eyes);
  return eyes.t(note ? 'inbox.row.note' : 'inbox.row.says', { name, text });
}

const authorName = ({ author }: Preview, { t, nameOf }: Eyes): string =>
  author.kind === 'bot'
    ? t('inbox.row.bot')
    : (shortName(nameOf(author.id)) ?? t('inbox.row.someone'));

function ownerOf(row: ConversationRow, eyes: Eyes): Owner | null {
  if (row.status === 'resolved') return null;
  const { assignee } = row;
  // A row of the Queue that somebody has was taken this moment.
  const shown = eyes.list === 'queue' ? assignee !== null : eyes.list !== 'mine';
  if (assignee === null) {
    const name = eyes.t('inbox.row.noOne');
    return { kind: 'none', uid: '', name, fullName: name, shown };
  }
  const known = assignee.kind === 'bot' ? eyes.t('inbox.row.bot') : eyes.nameOf(assignee.id);
  const name = isMine(row, eyes)
    ? eyes.t('inbox.row.you')
    : (shortName(known) ?? eyes.t('inbox.row.someone'));
  return { kind: 'agent', uid: assignee.id, name, fullName: known ?? '', shown };
}

const shortName = (name: string | undefined): string | undefined => name?.split(' ')[0];

function ownerWords(row: ConversationRow, owner: Owner | null, eyes: Eyes): string {
  if (owner === null) return eyes.t('inbox.row.resolved');
  if (owner.kind === 'none') return eyes.t('inbox.row.heldByNoOne');
  return isMine(row, eyes)
    ? eyes.t('inbox.row.yours')
    : eyes.t('inbox.row.heldBy', { name: owner.name });
}

const isMine = (row: ConversationRow, { me }: Eyes): boolean => isAgent(row.assignee, me);

const markOf = (row: ConversationRow): Mark | null =>
  row.waitingSince === null && row.preview?.kind === 'outbound' && row.preview.state
    ? MARKS[row.preview.state]
    : null;

/** Name of a customer as a row may show it: never an identifier. */
export const customerName = (
  { contact, kind }: Pick<ConversationRow, 'contact' | 'kind'>,
  t: Translate,
): string => contact.name || contact.maskedPhone || t(`inbox.row.${kind ?? 'unnamed'}`);

/** What a row shows, and what it is called. */
export function rowView(row: ConversationRow, eyes: Eyes): RowView {
  const { t, now } = eyes;
  const owner = ownerOf(row, eyes);
  const unread = unreadCount(row);
  const waited = row.waitingSince === null ? null : Math.max(0, now - row.waitingSince);
  const left = windowLeft(row, now);
  const mark = markOf(row);
  const words = {
    unread: t('inbox.row.unread', unread),
    waited: waited === null ? '' : durationWords(waited, t),
    window:
      left > 0
        ? t('inbox.row.window', { time: durationWords(left, t) })
        : t('inbox.row.windowClosed'),
    mark: mark === null ? '' : t(`inbox.marks.${mark}` satisfies MessageKey),
  };
  const name = customerName(row, t);
  return {
    id: row.id,
    name,
    time: row.lastEntryAt === null ? '' : rowTime(row.lastEntryAt, now, eyes.reading),
    preview: previewLine(row.preview, eyes),
    unread,
    unreadLabel: words.unread,
    owner,
    mineEdge: eyes.list !== 'mine' && isMine(row, eyes),
    waited,
    waitedLabel: t('inbox.row.waitingTitle', { time: words.waited }),
    windowLeft: left,
    windowLabel: words.window,
    mark,
    markLabel: words.mark,
    label: [
      name,
      unread > 0 ? words.unread : '',
      ownerWords(row, owner, eyes),
      waited === null ? '' : t('inbox.row.waiting', { time: words.waited }),
      words.window,
      words.mark,
    ]
      .filter((part) => part !== '')
      .join(', '),
  };
}

/** What can be done with a conversation without opening it. */
export type RowAction = 'take' | 'release';

/** Those that this person may do now (epoch ms). */
export const rowActions = (
  row: ConversationRow,
  person: Person | null,
  now: number,
): readonly RowAction[] =>
  person === null
    ? []
    : (['take', 'release'] as const).filter((action) =>
        may(`conversation.${action}`, person, row, now),
      );
