import type { EventEntry } from '@switchboard/domain';

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
  return { sentence: sentence(entry.type, who, from, to), who, from, to, type: entry.type };
}

function sentence(type: string, who: Named, from: Named | null, to: Named | null): EventSentence {
  switch (type) {
    case 'taken':
    case 'released':
    case 'resolved':
    case 'reopened':
      return type;
    case 'assigned':
      if (to === null) return 'other';
      if (to.kind === 'team') return 'moved';
      if (same(who, to)) return 'assignedSelf';
      return from === null || same(who, from) ? 'assigned' : 'transferred';
    default:
      return 'other';
  }
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
