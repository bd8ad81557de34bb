/** Every Firestore path of Switchboard. Functions, web, rules tests and seeds build paths here only. */

/**
 * Names of collections and subcollections, for queries; `DOCUMENTS` has the patterns of
 * their paths.
 */
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
  media: 'media',
  alerts: 'alerts',
  templates: 'templates',
  throughput: 'throughput',
  uploads: 'uploads',
  scheduled: 'scheduled',
} as const;

/**
 * A colleague. Anyone with claims may read it, and its own person even without; the server alone
 * writes it.
 */
export const agentPath = (uid: string): string => `agents/${uid}`;
/** The author's own unsent text for one conversation; readable by nobody else. */
export const draftPath = (uid: string, conversationId: string): string =>
  `agents/${uid}/drafts/${conversationId}`;
/** A team. Anyone with claims may read it; clients never write it. */
export const teamPath = (teamId: string): string => `teams/${teamId}`;
/** The collection of our numbers; anyone with claims may list it. */
export const channelsPath = (): string => 'channels';
/** A WhatsApp number, by Meta's phone number id. */
export const channelPath = (phoneNumberId: string): string => `channels/${phoneNumberId}`;
/**
 * The one document of settings of the workspace. Anyone with claims may read it; clients never
 * write it.
 */
export const workspacePath = (): string => 'settings/workspace';
/**
 * A customer; of their phone number only a masked form. Whoever may read one of the first five
 * conversations with them may read it.
 */
export const contactPath = (contactId: string): string => `contacts/${contactId}`;
/** Phone numbers and user ids of a contact; for the server and entitled roles only. */
export const identifiersPath = (contactId: string): string =>
  `contacts/${contactId}/private/identifiers`;
/** What leads from an identifier (by its keyed hash) to a contact. */
export const identityPath = (hash: string): string => `identities/${hash}`;
/**
 * The row of a conversation. Its holder, its team, its guests and whoever reads everything may read
 * it.
 */
export const conversationPath = (conversationId: string): string =>
  `conversations/${conversationId}`;
/** The collection of a conversation's entries; who may read the conversation may list it. */
export const timelinePath = (conversationId: string): string =>
  `conversations/${conversationId}/timeline`;
/**
 * One message, note or event. Clients only create replies, notes and the events of a Take or
 * release; the rest is the server's.
 */
export const entryPath = <C extends string, E extends string>(
  conversationId: C,
  entryId: E,
): `conversations/${C}/timeline/${E}` => `conversations/${conversationId}/timeline/${entryId}`;
/**
 * One matter of a conversation, counted from 1. Who may read the conversation may read it; the
 * server alone writes it.
 */
export const casePath = (conversationId: string, number: number): string =>
  `conversations/${conversationId}/cases/${number}`;
/** The send lock of one conversation. */
export const dispatchPath = (conversationId: string): string => `dispatch/${conversationId}`;
/**
 * One webhook item as it came. Server only; the id is a hash of what names the item, so a repeat
 * finds it.
 */
export const journalPath = (itemId: string): string => `journal/${itemId}`;
/** A slice of a raw item too large for one document. */
export const journalPartPath = (itemId: string, part: number): string =>
  `journal/${itemId}/parts/${part}`;
/** The count of one delivery. Server only. */
export const receiptPath = (receiptId: string): string => `receipts/${receiptId}`;

/** The task of bringing one message's media, by our own id of it. Server only. */
export const mediaPath = (mediaId: string): string => `media/${mediaId}`;

/** What an admin must know of a number, the account or a template. Supervisors and admins read it. */
export const alertPath = (alertId: string): string => `alerts/${alertId}`;
/** The collection of alerts; supervisors and admins may list it. */
export const alertsPath = (): string => 'alerts';
/** A message that Meta has approved, by Meta's id. Anyone with claims may read it; the sync writes it. */
export const templatePath = (templateId: string): string => `templates/${templateId}`;
/** What of a number's rate is leased. Server only. */
export const throughputPath = (phoneNumberId: string): string => `throughput/${phoneNumberId}`;
/** A message for later. Its author may read it; the server writes it. */
export const scheduledPath = (scheduledId: string): string => `scheduled/${scheduledId}`;
/** A file that a colleague is uploading, by the id that its media will have. Server only. */
export const uploadPath = (mediaId: string): string => `uploads/${mediaId}`;

/** Id of the event that records a Take; rules demand it in the same commit. */
export const takeEntryId = (version: number): string => `take-${version}`;
/** Id of the event that records a release. */
export const releaseEntryId = (version: number): string => `release-${version}`;
/** Id of the event that records a command, so that a repeat of the command finds it. */
export const commandEntryId = (commandId: string): string => `cmd-${commandId}`;

/** Where an entry lies. */
export interface EntryId {
  readonly conversationId: string;
  readonly entryId: string;
}

/** The id of a document: the last part of its path. */
export const idOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The conversation and entry that a timeline path names, or `null` for any other path. */
export function parseEntryPath(path: string): EntryId | null {
  const [conversations, conversationId, timeline, entryId, ...rest] = path.split('/');
  return conversations === 'conversations' &&
    timeline === 'timeline' &&
    conversationId &&
    entryId &&
    rest.length === 0
    ? { conversationId, entryId }
    : null;
}
