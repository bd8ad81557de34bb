import type { ReplyClosed, ReplyState } from './composer-state.ts';

/** Who will hear: the customer, or the team. */
export type Mode = 'reply' | 'note';

/** For each reason whether it shuts the reply; where it does not, the person can open it again. */
const SHUTS: Readonly<Record<ReplyClosed['why'], boolean>> = {
  held: true,
  'not-permitted': true,
  deactivated: true,
  group: true,
  resolved: false,
  unheld: false,
  'window-closed': false,
};

/** Replying is somebody else's, or nobody's here: the composer opens at the note. */
export const replyShut = (reply: ReplyState): boolean => !reply.open && SHUTS[reply.why];

/**
 * The half of the composer to show after a change. What a person chose stays, and so does a text that
 * is being written: a word for the team must never slide into a reply, nor the other way.
 */
export function modeAfter(
  mode: Mode,
  reply: ReplyState,
  { chosen, drafts }: { readonly chosen: boolean; readonly drafts: Record<Mode, string> },
): Mode {
  if (chosen || drafts[mode] !== '') return mode;
  // A reply that is kept is shown, also where it can't be sent: nobody has to look for it.
  return replyShut(reply) && drafts.reply === '' ? 'note' : 'reply';
}

/** Characters still free, from where a person should see them on. */
export const COUNT_FROM = 200;
