/** The public surface of the domain: the inbox as pure TypeScript. What nothing else imports is not in it. */
export { create, type DocumentData, merge, update, type Write } from './shared/plan.ts';
export { asList, asNumber, asObject, asObjects, asText, type Json } from './shared/read.ts';
export { refusal, type Refusal, type RefusalCode, REFUSALS } from './shared/refusal.ts';
export {
  agentPath,
  alertPath,
  alertsPath,
  casePath,
  channelPath,
  channelsPath,
  COLLECTIONS,
  commandEntryId,
  contactPath,
  conversationPath,
  dispatchPath,
  draftPath,
  type EntryId,
  entryPath,
  identifiersPath,
  identityPath,
  idOf,
  journalPartPath,
  journalPath,
  mediaPath,
  parseEntryPath,
  receiptPath,
  releaseEntryId,
  scheduledPath,
  takeEntryId,
  teamPath,
  templatePath,
  throughputPath,
  timelinePath,
  uploadPath,
  workspacePath,
} from './paths.ts';
export {
  CALLABLES,
  commandAnswerSchema,
  doneSchema,
  mediaAnswerSchema,
  peopleAnswerSchema,
  type CallableAnswer,
  type CallableInput,
  type CallableName,
} from './callables.ts';
export {
  decideDue,
  decideSchedule,
  SCHEDULE_AHEAD_MS,
  type ScheduleCommand,
} from './conversation/schedule.ts';
export { type Scheduled, scheduledSchema } from './documents/scheduled.ts';
export {
  type ChannelCommand,
  channelCommandSchema,
  decideChannel,
  refusesChannel,
} from './channel/command.ts';
export {
  RECEIPT_POLICIES,
  receiptBody,
  type ReceiptMoment,
  type ReceiptPolicy,
  tellsRead,
  TYPING_MS,
} from './whatsapp/receipt.ts';
export {
  decideDismissal,
  type LedgerCommand,
  ledgerCommandSchema,
  refusesLedger,
} from './journal/ledger-command.ts';
export {
  type Balance,
  judgeHour,
  LEDGER_HOURS,
  ledgerAnswerSchema,
  type LedgerHour,
  type LedgerSent,
  NOTE_LIMIT,
  PARKED_SHOWN,
  type ParkedItem,
  RAW_SHOWN,
} from './journal/ledger.ts';
export { refusedSchema } from './shared/refused.ts';
export { accountSignals } from './alerts/account.ts';
export {
  type Addressed,
  decideAcknowledgement,
  type AlertState,
  decideAlerts,
  decideConnected,
  decideEnd,
} from './alerts/alert.ts';
export {
  type AlertsCommand,
  alertsAnswerSchema,
  alertsCommandSchema,
  refusesAlerts,
} from './alerts/command.ts';
export {
  connectedSignal,
  failureSignals,
  parkedSignal,
  provedSignals,
  type Signal,
} from './alerts/signal.ts';
export {
  addressUntil,
  type Brought,
  decideBrought,
  decideMediaRetry,
  decidePictured,
  claimMedia,
  isPictured,
  MEDIA_LIMIT,
  type Pictured,
  shownInPlace,
} from './media/media.ts';
export { type MediaCommand, mediaCommandSchema } from './media/command.ts';
export {
  ALERT_CAUSES,
  ALERT_SEVERITIES,
  type Alert,
  type AlertCause,
  alertSchema,
} from './documents/alert.ts';
export {
  beginUpload,
  type Carriage,
  decideAtMeta,
  decidePart,
  decideUnsent,
  decideUploaded,
  type FileVerdict,
  idAtMeta,
  judgeFile,
  nextPart,
  partSize,
  UNSENT_MS,
  UPLOAD_PART,
  uploadedMedia,
  uploadParts,
} from './media/upload.ts';
export { type Upload, uploadSchema } from './documents/upload.ts';
export { type Template, type TemplateButton, templateSchema } from './documents/template.ts';
export {
  type Allowance,
  freshAllowance,
  INSTANCES,
  lease,
  nextBlock,
  pairSpent,
  pairWait,
  spend,
  STANDARD_THROUGHPUT,
  withBlock,
} from './delivery/pace.ts';
export { messageBody, type MessageBody, type MessageParts } from './whatsapp/message-body.ts';
export {
  type InteractiveReply,
  type JudgedReply,
  type Problem,
  type ProblemKind,
  REPLY_CONTENT,
  REPLY_TYPES,
  type ReplyContent,
  replyProblems,
  replyTextLimit,
  type ReplyType,
} from './whatsapp/reply.ts';
export { NO_LIMIT, NUMBER_FIELDS, type NumberFacts, readNumber } from './whatsapp/number.ts';
export {
  decideGone,
  decideStale,
  decideTemplates,
  syncDue,
  syncedAt,
  type SyncedTemplate,
} from './whatsapp/template-sync.ts';
export {
  emptyVariable,
  fillTemplate,
  headerFile,
  isSendable,
  readTemplate,
  type ShownTemplate,
  type TemplatePart,
  type TemplateValues,
  type TemplateVariable,
  templateVariables,
} from './whatsapp/template.ts';
export { type Case, caseSchema } from './documents/case.ts';
export {
  type Channel,
  channelSchema,
  contactSchema,
  type Identifier,
  identifiersSchema,
  identitySchema,
  holdsReplies,
  vouchesFor,
} from './documents/channel.ts';
export {
  type Actor,
  agentActor,
  type Assignee,
  isAgent,
  PHONE_APP,
  SERVICE,
  SYSTEM,
} from './documents/common.ts';
export {
  CONVERSATION_STATUSES,
  CONVERSATION_TRANSITIONS,
  type Conversation,
  conversationSchema,
  type Preview,
  unreadCount,
  wholeConversationSchema,
} from './documents/conversation.ts';
export { type Dispatch, dispatchSchema, throughputSchema } from './documents/dispatch.ts';
export { DRAFT_LIMIT, DRAFT_REASONS, type Draft, draftSchema } from './documents/draft.ts';
export {
  type DeliveryError,
  contextSchema,
  type Entry,
  type EntryContext,
  entrySchema,
  EVENT_TYPES,
  type EventEntry,
  type EventType,
  type InboundEntry,
  type NoteEntry,
  type OutboundEntry,
} from './documents/entry.ts';
export {
  ACCESS_LIMIT,
  type EntryMedia,
  type Media,
  MEDIA_FAILURES,
  MEDIA_STATES,
  MEDIA_TRANSITIONS,
  type MediaFailure,
  mediaSchema,
  type MediaState,
} from './documents/media.ts';
export {
  type Fate,
  FATE_REASONS,
  FATE_TRANSITIONS,
  type FateReason,
  FATES,
  JOURNAL_DAYS,
} from './documents/fate.ts';
export {
  type JournalItem,
  journalPartSchema,
  journalSchema,
  receiptSchema,
} from './documents/journal.ts';
export {
  type Agent,
  agentSchema,
  type Claims,
  claimsFor,
  claimsSchema,
  type Role,
  ROLES,
  sameClaims,
  TEAMS_PER_PERSON,
  teamSchema,
  type Workspace,
  workspaceSchema,
} from './documents/people.ts';
export { isTimeField } from './documents/times.ts';
export {
  advance,
  countsAsAnswer,
  OUTBOUND_STATES,
  OUTBOUND_TRANSITIONS,
  type OutboundState,
} from './delivery/delivery.ts';
export {
  answersAt,
  clockNeed,
  decideReport,
  knownAnswersAt,
  owedAfter,
  owedOf,
  type Report,
  type ReportState,
} from './conversation/answer.ts';
export {
  type Command,
  commandSchema,
  type CommandState,
  decideCommand,
} from './conversation/command.ts';
export { isChange } from './conversation/changes.ts';
export {
  checkSend,
  decideRefusal,
  decideTakenBack,
  needsWindow,
  SEND_TIMEOUT_MS,
  sendingFields,
  templateIdOf,
} from './conversation/dispatch.ts';
export {
  decideIngest,
  echoReport,
  entryTime,
  isEcho,
  type IngestState,
  type JournaledMessage,
  itemDone,
  journalDone,
  journalExpiry,
  type KnownIdentifier,
  LOOKUP_ORDER,
  mayPredateCase,
  type Owed,
} from './conversation/ingest.ts';
export {
  decidePeople,
  type PeopleCommand,
  peopleCommandSchema,
  type PeopleState,
} from './people/command.ts';
export { WINDOW_MS, windowLeft, windowOpen } from './conversation/window.ts';
export {
  type Access,
  assignable,
  type DocumentOperation,
  type DocumentPattern,
  DOCUMENTS,
  may,
  type Operation,
  PERMISSIONS,
  type Person,
  personOf,
  personOfAgent,
  refuses,
} from './permissions/permissions.ts';
export { pushText, searchText } from './text/entry-texts.ts';
export { type Block, formatText, type Inline, plainText } from './text/format.ts';
export { canonicalPhone } from './text/phone.ts';
export { compareEntries } from './timeline/order.ts';
export {
  lineText,
  MESSAGE_TYPES,
  type MessageType,
  owesAnswer,
  readContent,
} from './whatsapp/content.ts';
export {
  isIdle,
  isReported,
  ACCOUNT_FIELDS,
  type AccountItem,
  type Item,
  type MessageItem,
  readDelivery,
  readJournaled,
  type ReportedState,
  type StatusItem,
} from './whatsapp/delivery-body.ts';
export { GROUP_UPDATES, type GroupUpdate } from './whatsapp/notices.ts';
export {
  FAILURE_SENTENCES,
  type FailureCode,
  failureSentence,
  type FailureSentence,
  holdsSends,
  retryDelay,
  SEND_ATTEMPTS,
} from './whatsapp/errors.ts';
export {
  CAPTION_LIMIT,
  callbackData,
  namePrefix,
  parseCallbackData,
  recipient,
  TEXT_LIMIT,
} from './whatsapp/outbound.ts';
export { OWN_FAILURES, type OwnFailure } from './whatsapp/own-failures.ts';
export { judgeAnswer, ownFailure, type GraphAnswer } from './whatsapp/answer.ts';
export {
  acquireLock,
  FREE_LOCK,
  holdsLock,
  releaseLock,
  renewLock,
  SEND_LEASE_MS,
  type LockMove,
} from './delivery/lock.ts';
export { decideRetry } from './journal/retry.ts';
