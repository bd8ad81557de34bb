import { refuses, type Assignee, type Conversation, type Person } from '@switchboard/domain';

/** Why the reply half of the composer takes no text. */
export type ReplyClosed =
  | { readonly why: 'deactivated' }
  | { readonly why: 'resolved'; readonly canReopen: boolean }
  | { readonly why: 'unheld'; readonly canTake: boolean }
  | { readonly why: 'held'; readonly holder: Assignee; readonly since: number }
  | { readonly why: 'window-closed'; readonly since: number | null }
  | { readonly why: 'group' | 'not-permitted' };

/** Whether a reply may be written now, and why not. */
export type ReplyState =
  /** `sendable` is false while there is no connection: text is kept, nothing leaves. */
  { readonly open: true; readonly sendable: boolean } | ({ readonly open: false } & ReplyClosed);

/** What a person may write into a conversation now. */
export interface ComposerState {
  readonly reply: ReplyState;
  readonly note: { readonly open: boolean; readonly sendable: boolean };
  /** A template may be sent now: the one message for which the window need not be open. */
  readonly template: boolean;
}

/**
 * What a person may write into a conversation now, and why not. The permissions table decides; here
 * is only which of several reasons a person reads first. `now` is epoch ms.
 */
export function composerState(
  conversation: Conversation,
  person: Person,
  online: boolean,
  now: number,
): ComposerState {
  const note = refuses('timeline.note', person, conversation, now) === null;
  return {
    reply: replyState(conversation, person, online, now),
    note: { open: note, sendable: note && online },
    template: online && refuses('timeline.template', person, conversation, now) === null,
  };
}

function replyState(
  conversation: Conversation,
  person: Person,
  online: boolean,
  now: number,
): ReplyState {
  const refused = refuses('timeline.reply', person, conversation, now);
  if (refused === null) return { open: true, sendable: online };
  return { open: false, ...reason(conversation, person, now, refused) };
}

function reason(
  conversation: Conversation,
  person: Person,
  now: number,
  refused: NonNullable<ReturnType<typeof refuses>>,
): ReplyClosed {
  if (refused === 'deactivated' || refused === 'group') return { why: refused };
  if (refused === 'window-closed')
    return { why: 'window-closed', since: conversation.windowExpiresAt };
  if (refused !== 'not-holder') return { why: 'not-permitted' };
  if (conversation.status === 'resolved')
    return {
      why: 'resolved',
      canReopen: refuses('conversation.reopen', person, conversation, now) === null,
    };
  if (conversation.assignee !== null)
    return { why: 'held', holder: conversation.assignee, since: conversation.assignment.at ?? 0 };
  return {
    why: 'unheld',
    canTake: refuses('conversation.take', person, conversation, now) === null,
  };
}
