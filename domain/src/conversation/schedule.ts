import * as v from 'valibot';
import { agentActor, isAgent } from '../documents/common.ts';
import type { Conversation } from '../documents/conversation.ts';
import { DRAFT_LIMIT, type Draft } from '../documents/draft.ts';
import { entryMediaSchema } from '../documents/media.ts';
import type { Scheduled } from '../documents/scheduled.ts';
import { draftPath, entryPath, scheduledPath } from '../paths.ts';
import { refuses, type Person } from '../permissions/permissions.ts';
import { create, update, type Write } from '../shared/plan.ts';
import { compact, cutText } from '../shared/read.ts';
import type { RefusalCode } from '../shared/refusal.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { REPLY_TYPES, replyProblems } from '../whatsapp/reply.ts';
import { needsWindow } from './dispatch.ts';
import { windowOpen } from './window.ts';

/** How far ahead a message may be planned, ms. */
export const SCHEDULE_AHEAD_MS = 180 * 24 * 60 * 60 * 1000;

const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));
const message = v.pipe(
  v.object({
    type: v.picklist(REPLY_TYPES),
    text: v.optional(v.string()),
    content: v.optional(v.record(v.string(), v.unknown())),
    media: v.optional(entryMediaSchema),
    context: v.optional(v.object({ entryId: id })),
  }),
  v.check((reply) => replyProblems(reply).length === 0),
);

/**
 * What the callable `schedule` takes: plan a message, or change one by its id; have it leave at once; or
 * cancel it.
 */
export const scheduleCommandSchema = v.variant('type', [
  v.object({
    type: v.literal('plan'),
    scheduledId: v.pipe(v.string(), v.regex(/^[a-f0-9]{32}$/)),
    conversationId: id,
    /** `assignment.version` that the caller saw. */
    expectedVersion: v.pipe(v.number(), v.integer(), v.minValue(0)),
    dueAt: v.pipe(v.number(), v.integer()),
    message,
    fallback: v.nullish(
      v.pipe(
        message,
        v.check(({ type }) => type === 'template'),
      ),
      null,
    ),
  }),
  v.object({ type: v.literal('sendNow'), scheduledId: id, conversationId: id }),
  v.object({ type: v.literal('cancel'), scheduledId: id, conversationId: id }),
]);
/** A command that fits {@link scheduleCommandSchema}. A repeat does no harm. */
export type ScheduleCommand = v.InferOutput<typeof scheduleCommandSchema>;
type Plan = Extract<ScheduleCommand, { type: 'plan' }>;
type Change = Exclude<ScheduleCommand, Plan>;

/** What {@link decideSchedule} looks at. */
export interface ScheduleState {
  readonly person: Person;
  readonly conversation: Conversation;
  /** What is planned under the id already. */
  readonly scheduled: Scheduled | null;
}

/** Decides a wish to send later: the writes, or why not. `now` is epoch ms. */
export function decideSchedule(
  state: ScheduleState,
  command: ScheduleCommand,
  now: number,
): Result<readonly Write[], RefusalCode> {
  if (command.type === 'plan') return plan(state, command, now);
  const known = own(state, command);
  if (!known.ok) return known;
  return command.type === 'cancel'
    ? cancel(command, known.value)
    : sendNow(state, command, known.value, now);
}

function plan(
  { person, conversation, scheduled }: ScheduleState,
  { scheduledId, conversationId, expectedVersion, dueAt, message, fallback }: Plan,
  now: number,
): Result<readonly Write[], RefusalCode> {
  const refused = refuses('timeline.schedule', person, conversation, now);
  if (refused !== null) return err(refused);
  if (expectedVersion !== conversation.assignment.version) return err('stale');
  if (dueAt <= now || dueAt > now + SCHEDULE_AHEAD_MS) return err('bad-input');
  const after: Scheduled = {
    schemaVersion: 1,
    conversationId,
    by: person.uid,
    fence: conversation.assignment.version,
    dueAt,
    state: 'waiting',
    message: compact(message),
    fallback: fallback === null ? null : compact(fallback),
    reason: null,
    entryId: null,
    writtenAt: now,
  };
  if (scheduled === null) return ok([create(scheduledPath(scheduledId), after)]);
  if (scheduled.by !== person.uid || scheduled.conversationId !== conversationId)
    return err('not-permitted');
  // It left, or went back, while its author was changing it.
  return scheduled.state === 'waiting'
    ? ok([update(scheduledPath(scheduledId), after)])
    : err('stale');
}

/** The planned message that a person may change: their own. */
function own(
  { person, scheduled }: ScheduleState,
  { conversationId }: Change,
): Result<Scheduled, RefusalCode> {
  if (!person.active) return err('deactivated');
  if (scheduled === null || scheduled.conversationId !== conversationId) return err('not-found');
  return scheduled.by === person.uid ? ok(scheduled) : err('not-permitted');
}

function cancel(
  { scheduledId }: Change,
  { state }: Scheduled,
): Result<readonly Write[], RefusalCode> {
  if (state === 'cancelled') return ok([]);
  return state === 'waiting'
    ? ok([update(scheduledPath(scheduledId), { state: 'cancelled' })])
    : err('stale');
}

/** It leaves as it would when its time has come; what can't leave stays where it is, with the reason. */
function sendNow(
  { conversation }: ScheduleState,
  { scheduledId }: Change,
  scheduled: Scheduled,
  now: number,
): Result<readonly Write[], RefusalCode> {
  if (scheduled.state === 'sent') return ok([]);
  if (scheduled.state !== 'waiting') return err('stale');
  return leaving({ scheduledId, scheduled, conversation }, now);
}

/** What {@link decideDue} looks at. */
export interface DueState {
  readonly scheduledId: string;
  readonly scheduled: Scheduled;
  readonly conversation: Conversation;
  /** What its author has in the composer now. */
  readonly draft: Draft | null;
  /** Its author is switched on: what somebody planned who is gone leaves no more. */
  readonly authorActive: boolean;
}

/** The id of the entry that a planned message becomes: its own, so that it can't become two. */
export const scheduledEntryId = (scheduledId: string): string => scheduledId;

/**
 * What becomes of a planned message whose time has come: a queued entry under its fence, its fallback
 * where the window has closed, or its words back at its author. The dispatcher looks at fence and window
 * once more. Nothing where it was done already, or is not due.
 */
export function decideDue(state: DueState, now: number): readonly Write[] {
  const { scheduled } = state;
  if (scheduled.state !== 'waiting' || scheduled.dueAt > now) return [];
  if (!state.authorActive) return giveBack(state, 'stale', now);
  const left = leaving(state, now);
  return left.ok ? left.value : giveBack(state, left.error, now);
}

/** What lets a planned message leave: a queued entry under its fence, or why it can't. */
function leaving(
  { scheduledId, scheduled, conversation }: Omit<DueState, 'draft' | 'authorActive'>,
  now: number,
): Result<readonly Write[], 'stale' | 'window-closed'> {
  const held =
    isAgent(conversation.assignee, scheduled.by) &&
    conversation.assignment.version === scheduled.fence;
  if (!held) return err('stale');
  const leaves = [scheduled.message, scheduled.fallback].find(
    (one) => one !== null && (!needsWindow(one.type) || windowOpen(conversation, now)),
  );
  if (!leaves) return err('window-closed');
  const entryId = scheduledEntryId(scheduledId);
  return ok([
    update(scheduledPath(scheduledId), { state: 'sent', entryId }),
    create(entryPath(scheduled.conversationId, entryId), {
      schemaVersion: 1,
      kind: 'outbound',
      state: 'queued',
      fence: scheduled.fence,
      at: now,
      seq: 0,
      caseNumber: conversation.caseNumber,
      author: agentActor(scheduled.by),
      ...compact(leaves),
    }),
  ]);
}

function giveBack(
  { scheduledId, scheduled, conversation, draft }: DueState,
  reason: 'stale' | 'window-closed',
  now: number,
): readonly Write[] {
  const returned = update(scheduledPath(scheduledId), { state: 'returned', reason });
  const { text } = scheduled.message;
  if (scheduled.message.type !== 'text' || text === undefined) return [returned];
  const moved = conversation.status === 'resolved' ? 'resolved' : 'reassigned';
  const path = draftPath(scheduled.by, scheduled.conversationId);
  const reply = draft?.reply ? `${text}\n\n${draft.reply}` : text;
  const given = {
    schemaVersion: 1,
    reply: cutText(reply, DRAFT_LIMIT),
    note: draft?.note ?? '',
    reason: reason === 'stale' ? moved : reason,
    updatedAt: now,
  };
  return [returned, draft === null ? create(path, given) : update(path, given)];
}
