import {
  compareEntries,
  isAgent,
  type Entry,
  type EventEntry,
  type InboundEntry,
  type NoteEntry,
  type OutboundEntry,
} from '@switchboard/domain';

/** A document of a list, with its id. */
export type Listed<E> = E & { readonly id: string };
/** Any entry of a thread, with its id. */
export type ListedEntry = Listed<Entry>;
/** A message of either side, with its id. */
export type MessageEntry = Listed<InboundEntry> | Listed<OutboundEntry>;

/** Which side a message stands on, and whether it is the reader's own. */
export type Side = 'in' | 'own' | 'other';

/** A line of the timeline as it is drawn; `key` is stable while entries come and go around it. */
export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'case'; readonly key: string; readonly number: number; readonly at: number }
  | { readonly kind: 'event'; readonly key: string; readonly entry: Listed<EventEntry> }
  | { readonly kind: 'notice'; readonly key: string; readonly entry: MessageEntry }
  | { readonly kind: 'note'; readonly key: string; readonly entry: Listed<NoteEntry> }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly entry: MessageEntry;
      readonly side: Side;
      /** It follows another of the same author closely: no name above it. */
      readonly continues: boolean;
    };

/** Types that nobody wrote: a line of their own, and no bubble. */
const NOTICES: ReadonlySet<string> = new Set(['system', 'request_welcome', 'call', 'group_update']);

/** Messages of one author this close together stand under one name, ms. */
const TOGETHER_MS = 15 * 60_000;

/** What {@link timelineRows} needs to know beside the entries. */
export interface RowsOptions {
  /** The reader's uid. */
  readonly me: string;
  /** The first entry of all is among them, so what opens the first case is known. */
  readonly complete: boolean;
  /** The calendar day of a time, in the reader's zone. */
  readonly dayOf: (at: number) => string;
}

/** The rows of a timeline: entries in their one order, with day marks, case dividers and groups. */
export function timelineRows(
  entries: readonly ListedEntry[],
  { me, complete, dayOf }: RowsOptions,
): readonly Row[] {
  const rows: Row[] = [];
  let day: string | null = null;
  let caseNumber = complete ? 0 : null;
  let previous: MessageEntry | null = null;
  for (const entry of entries.toSorted(compareEntries)) {
    if (opensCase(entry, caseNumber)) {
      if (caseNumber !== null) rows.push(caseRow(entry));
      caseNumber = entry.caseNumber;
      previous = null;
    }
    const today = dayOf(entry.at);
    if (today !== day) {
      rows.push({ kind: 'day', key: `day-${today}`, at: entry.at });
      day = today;
      previous = null;
    }
    const row = entryRow(entry, me, previous);
    rows.push(row);
    previous = row.kind === 'message' ? row.entry : null;
  }
  return rows;
}

/** A late entry or a copy of history says nothing about where a case began. */
function opensCase(entry: ListedEntry, known: number | null): boolean {
  if (entry.caseNumber === 0) return false;
  if (entry.kind === 'inbound' && (entry.late === true || entry.origin !== 'live')) return false;
  return known === null || entry.caseNumber > known;
}

const caseRow = (entry: ListedEntry): Row => ({
  kind: 'case',
  key: `case-${entry.caseNumber}`,
  number: entry.caseNumber,
  at: entry.at,
});

function entryRow(entry: ListedEntry, me: string, previous: MessageEntry | null): Row {
  const key = entry.id;
  switch (entry.kind) {
    case 'event':
      return { kind: 'event', key, entry };
    case 'note':
      return { kind: 'note', key, entry };
    case 'inbound':
    case 'outbound':
      if (NOTICES.has(entry.type)) return { kind: 'notice', key, entry };
      return {
        kind: 'message',
        key,
        entry,
        side: sideOf(entry, me),
        continues: previous !== null && together(previous, entry),
      };
  }
}

const sideOf = (entry: MessageEntry, me: string): Side =>
  entry.kind === 'inbound' ? 'in' : isAgent(entry.author, me) ? 'own' : 'other';

const together = (a: MessageEntry, b: MessageEntry): boolean =>
  a.kind === b.kind && whoOf(a) === whoOf(b) && b.at - a.at <= TOGETHER_MS;

/** What tells who wrote a message from everybody else; in a group, who of them. */
export const whoOf = (entry: MessageEntry): string =>
  JSON.stringify([entry.author, entry.kind === 'inbound' && entry.participant]);
