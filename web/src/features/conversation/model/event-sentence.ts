import type { EventEntry, EventType } from '@switchboard/domain';

/** Somebody or something that a sentence names. */
export type Named =
  | { readonly kind: 'me' }
  | { readonly kind: 'agent'; readonly id: string }
  | { readonly kind: 'bot' }
  | { readonly kind: 'system' }
  | { readonly kind: 'team'; readonly id: string };

/** Which sentence of the dictionary tells an event; each has one form for "you" and one for others. */
export type EventSentence =
  | 'taken'
  | 'released'
  | 'assigned'
  | 'assignedSelf'
  | 'moved'
  | 'transferred'
  | 'resolved'
  | 'reopened'
  | 'other';

/** An event as the thread tells it: its sentence, and whom that names. */
export interface EventParts {
  readonly sentence: EventSentence;
  readonly who: Named;
  /** Who held it before, where the sentence says so. */
  readonly from: Named | null;
  /** Who holds it after, or the team it moved to. */
  readonly to: Named | null;
  /** The type as written, for an event that this version does not know. */
  readonly type: string;
}

/** The parts of the sentence that tells an event. `me` is the reader's uid. */
export function eventParts(entry: EventEntry, me: string): EventParts {
  const who = named(entry.author, me) ?? { kind: 'system' };
  const from = named(entry.data?.['from'], me);
  const to = named(entry.data?.['to'], me);
  const tell = isKnown(entry.type) ? SENTENCE[entry.type] : () => 'other' as const;
  return { sentence: tell(who, from, to), who, from, to, type: entry.type };
}

type Tell = (who: Named, from: Named | null, to: Named | null) => EventSentence;

const SENTENCE: Readonly<Record<EventType, Tell>> = {
  taken: () => 'taken',
  released: () => 'released',
  resolved: () => 'resolved',
  reopened: () => 'reopened',
  assigned,
};

/** An entry may carry a type that a newer version wrote. */
const isKnown = (type: string): type is EventType => Object.hasOwn(SENTENCE, type);

function assigned(who: Named, from: Named | null, to: Named | null): EventSentence {
  if (to === null) return 'other';
  if (to.kind === 'team') return 'moved';
  if (same(who, to)) return 'assignedSelf';
  return from === null || same(who, from) ? 'assigned' : 'transferred';
}

const same = (a: Named, b: Named): boolean =>
  a.kind === b.kind && ('id' in a ? a.id : '') === ('id' in b ? b.id : '');

/** Reads an actor, an assignee or a team out of an event's data, which has no fixed shape. */
function named(value: unknown, me: string): Named | null {
  if (typeof value !== 'object' || value === null) return null;
  const { kind, id } = value as { kind?: unknown; id?: unknown };
  if (typeof id !== 'string') return null;
  switch (kind) {
    case 'agent':
      return id === me ? { kind: 'me' } : { kind: 'agent', id };
    case 'team':
      return { kind: 'team', id };
    case 'bot':
    case 'system':
      return { kind };
    default:
      return null;
  }
}
