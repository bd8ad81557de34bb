/** Every Firestore path of Switchboard. Functions, web, rules tests and seeds build paths here only. */

export const COLLECTIONS = {
  agents: 'agents',
  teams: 'teams',
  channels: 'channels',
  settings: 'settings',
  contacts: 'contacts',
  identities: 'identities',
  conversations: 'conversations',
  timeline: 'timeline',
  cases: 'cases',
  dispatch: 'dispatch',
  drafts: 'drafts',
  journal: 'journal',
  receipts: 'receipts',
} as const;

export const agentPath = (uid: string): string => `agents/${uid}`;
/** The author's own unsent text for one conversation; readable by nobody else. */
export const draftPath = (uid: string, conversationId: string): string =>
  `agents/${uid}/drafts/${conversationId}`;
export const teamPath = (teamId: string): string => `teams/${teamId}`;
/** A WhatsApp number, by Meta's phone number id. */
export const channelPath = (phoneNumberId: string): string => `channels/${phoneNumberId}`;
export const workspacePath = (): string => 'settings/workspace';
export const contactPath = (contactId: string): string => `contacts/${contactId}`;
/** Phone numbers and user ids of a contact; for the server and entitled roles only. */
export const identifiersPath = (contactId: string): string =>
  `contacts/${contactId}/private/identifiers`;
/** What leads from an identifier (by its keyed hash) to a contact. */
export const identityPath = (hash: string): string => `identities/${hash}`;
export const conversationPath = (conversationId: string): string =>
  `conversations/${conversationId}`;
export const timelinePath = (conversationId: string): string =>
  `conversations/${conversationId}/timeline`;
export const entryPath = (conversationId: string, entryId: string): string =>
  `conversations/${conversationId}/timeline/${entryId}`;
export const casePath = (conversationId: string, number: number): string =>
  `conversations/${conversationId}/cases/${number}`;
/** The send lock of one conversation. */
export const dispatchPath = (conversationId: string): string => `dispatch/${conversationId}`;
export const journalPath = (itemId: string): string => `journal/${itemId}`;
/** A slice of a raw item too large for one document. */
export const journalPartPath = (itemId: string, part: number): string =>
  `journal/${itemId}/parts/${part}`;
export const receiptPath = (receiptId: string): string => `receipts/${receiptId}`;

/** Id of the event that records a Take; rules demand it in the same commit. */
export const takeEntryId = (version: number): string => `take-${version}`;
/** Id of the event that records a release. */
export const releaseEntryId = (version: number): string => `release-${version}`;
/** Id of the event that records a command, so that a repeat of the command finds it. */
export const commandEntryId = (commandId: string): string => `cmd-${commandId}`;

/** The conversation and entry that a timeline path names, or `null` for any other path. */
export function parseEntryPath(
  path: string,
): { readonly conversationId: string; readonly entryId: string } | null {
  const [conversations, conversationId, timeline, entryId, ...rest] = path.split('/');
  return conversations === 'conversations' &&
    timeline === 'timeline' &&
    conversationId &&
    entryId &&
    rest.length === 0
    ? { conversationId, entryId }
    : null;
}
