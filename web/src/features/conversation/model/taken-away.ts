import { isAgent, type Conversation } from '@switchboard/domain';

/** The conversation left its holder's hands, by somebody else's doing. */
export interface TakenAway {
  /** `given`: a colleague has it now. `moved`: another team. `resolved`, `freed`: nobody. */
  readonly how: 'given' | 'moved' | 'resolved' | 'freed';
  /** uid of who did it, or 'switchboard'. */
  readonly by: string;
  /** uid of who has it now. */
  readonly to: string | null;
  readonly teamId: string;
  readonly at: number;
}

type Held = Pick<Conversation, 'assignee' | 'assignment' | 'status' | 'teamId'>;

const holds = (conversation: Held, uid: string): boolean => isAgent(conversation.assignee, uid);

/**
 * Why a reply that `me` was writing can't be sent any more, whether or not the app was open when that
 * happened; `null` where it can, or its author let go. Only a holder writes replies; `keptAt` is when
 * the text was last kept, so that what its author has read is not told again.
 */
export function unsentBecause(
  conversation: Held,
  me: string,
  keptAt: number | null,
): 'reassigned' | 'resolved' | null {
  const { by, at } = conversation.assignment;
  if (holds(conversation, me) || by === me || (keptAt !== null && at <= keptAt)) return null;
  return conversation.status === 'resolved' ? 'resolved' : 'reassigned';
}

/** What to tell `me` after a change: who took it away, or `null` where nothing was taken away. */
export function takenAway(before: Held | null, after: Held, me: string): TakenAway | null {
  if (before === null || !holds(before, me) || holds(after, me)) return null;
  if (after.assignment.by === me) return null;
  return {
    how:
      after.assignee !== null
        ? 'given'
        : after.status === 'resolved'
          ? 'resolved'
          : after.teamId !== before.teamId
            ? 'moved'
            : 'freed',
    by: after.assignment.by,
    to: after.assignee?.id ?? null,
    teamId: after.teamId,
    at: after.assignment.at ?? 0,
  };
}
