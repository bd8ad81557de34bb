import * as v from 'valibot';
import type { Conversation } from '../documents/conversation.ts';
import type { OutboundEntry } from '../documents/entry.ts';
import type { Draft } from '../documents/draft.ts';
import type { Template } from '../documents/template.ts';
import { draftPath, type EntryId, entryPath } from '../paths.ts';
import { create, update, type Write } from '../shared/plan.ts';
import { templateReplySchema } from '../whatsapp/reply.ts';
import { fillTemplate } from '../whatsapp/template.ts';
import { windowOpen } from './window.ts';

/** A Graph call without an answer after this long is `unknown`, ms. */
export const SEND_TIMEOUT_MS = 20_000;

/** Whether a queued reply may still leave. */
export type SendCheck = 'send' | 'stale' | 'window-closed';

/** Only a template may leave while the service window is closed (Meta, "Customer service windows"). */
export const needsWindow = (type: string): boolean => type !== 'template';

/** The last look before a reply leaves: still the same holder, and the window still open. */
export function checkSend(
  entry: Pick<OutboundEntry, 'fence' | 'author' | 'type'>,
  conversation: Conversation,
  now: number,
): SendCheck {
  const held =
    conversation.assignee !== null &&
    conversation.assignee.kind === entry.author.kind &&
    conversation.assignee.id === entry.author.id;
  if (!held || conversation.assignment.version !== entry.fence) return 'stale';
  return needsWindow(entry.type) && !windowOpen(conversation, now) ? 'window-closed' : 'send';
}

/** The id of the template that an entry is made from; `null` where it is none. */
export function templateIdOf({ type, content }: Pick<OutboundEntry, 'type' | 'content'>) {
  const given = type === 'template' ? v.safeParse(templateReplySchema, content) : null;
  return given?.success ? given.output.templateId : null;
}

/**
 * What an entry shows from the moment that it leaves. A template says what it really says: its author's
 * client wrote down only what fills it.
 */
export function sendingFields(
  entry: OutboundEntry,
  template: Template | null,
  { caseNumber }: Pick<Conversation, 'caseNumber'>,
  now: number,
): Partial<OutboundEntry> {
  const fields = {
    state: 'sending' as const,
    sendingAt: now,
    // A client may leave the case out; from here on the entry belongs to one.
    caseNumber: entry.caseNumber || caseNumber,
  };
  const given = v.safeParse(templateReplySchema, entry.content);
  if (template === null || !given.success) return fields;
  const { body, ...around } = fillTemplate(template, given.output.values);
  const { name, language, category } = template;
  return {
    ...fields,
    text: body,
    content: { ...entry.content, name, language, category, ...around },
  };
}

/**
 * The one way back: a reply that was marked as leaving and certainly never left, since Meta turned it or
 * our token away before it took it, or nothing was asked of Meta at all, is queued again. No report leads
 * there, so it is none of the transitions. Answers no writes where somebody else has moved it on.
 */
export const decideTakenBack = (
  { conversationId, entryId }: EntryId,
  entry: Pick<OutboundEntry, 'state'>,
): readonly Write[] =>
  entry.state === 'sending'
    ? [update(entryPath(conversationId, entryId), { state: 'queued', sendingAt: null })]
    : [];

/** What {@link decideRefusal} looks at. */
export interface RefusalState {
  readonly conversationId: string;
  readonly entryId: string;
  readonly entry: OutboundEntry;
  readonly conversation: Pick<Conversation, 'status'>;
  /** What the author has in the composer now. */
  readonly draft: Draft | null;
}

/**
 * A refused reply keeps its reason; a text goes back to its author as a draft, before what stands there.
 * The draft is guarded like all else: what its author types in this very moment is not written over.
 */
export function decideRefusal(
  state: RefusalState,
  refusal: 'stale' | 'window-closed',
  now: number,
): readonly Write[] {
  const { conversationId, entryId, entry, draft } = state;
  const refused = update(entryPath(conversationId, entryId), { state: 'refused', refusal });
  if (entry.author.kind !== 'agent' || entry.type !== 'text' || entry.text === undefined)
    return [refused];
  const moved = state.conversation.status === 'resolved' ? 'resolved' : 'reassigned';
  const reason = refusal === 'stale' ? moved : 'window-closed';
  const path = draftPath(entry.author.id, conversationId);
  const given = {
    schemaVersion: 1,
    reply: givenBack(entry.text, draft?.reply ?? ''),
    note: draft?.note ?? '',
    reason,
    updatedAt: now,
  };
  return [refused, draft === null ? create(path, given) : update(path, given)];
}

/** The draft may still hold the reply itself, or how it began: what was sent is cleared a moment later. */
function givenBack(text: string, draft: string): string {
  if (draft === text || draft.startsWith(`${text}\n`)) return draft;
  return text.startsWith(draft) ? text : `${text}\n\n${draft}`;
}
