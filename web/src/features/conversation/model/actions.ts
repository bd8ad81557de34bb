import {
  refuses,
  type Conversation,
  type Operation,
  type Person,
  type RefusalCode,
} from '@switchboard/domain';

/** What the header offers to do with a conversation, in its order. */
export const ACTIONS = ['take', 'release', 'assign', 'resolve', 'reopen', 'markUnread'] as const;
/** One of the {@link ACTIONS}. */
export type ActionName = (typeof ACTIONS)[number];

/** `null` hides it: it is not this person's to do. Otherwise it is shown; a code says why it is closed. */
export interface Offered {
  readonly name: ActionName;
  readonly refused: RefusalCode | 'offline' | null;
}

const OPERATION: Readonly<Record<ActionName, Operation>> = {
  take: 'conversation.take',
  release: 'conversation.release',
  assign: 'conversation.assign',
  resolve: 'conversation.resolve',
  reopen: 'conversation.reopen',
  markUnread: 'conversation.markRead',
};

/** Refusals that a person cannot do anything about here: the action is left out. */
const HIDDEN: ReadonlySet<RefusalCode> = new Set([
  'not-permitted',
  'not-holder',
  'already-held',
  'already-resolved',
  'not-resolved',
]);

/** The actions that a person is offered on a conversation now. `now` is epoch ms. */
export function offeredActions(
  conversation: Conversation,
  person: Person,
  online: boolean,
  now: number,
): readonly Offered[] {
  return ACTIONS.flatMap((name) => {
    const refused = refuses(OPERATION[name], person, conversation, now);
    if (refused !== null && HIDDEN.has(refused)) return [];
    if (name === 'markUnread' && nothingToMark(conversation)) return [];
    return [{ name, refused: refused ?? (online ? null : 'offline') }];
  });
}

/** Without a message there is nothing unread to go back to; what is unread is so already. */
const nothingToMark = (conversation: Conversation): boolean =>
  conversation.inboundCount === 0 || conversation.readCount < conversation.inboundCount;
