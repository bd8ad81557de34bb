import * as v from 'valibot';
import type { Agent } from '../documents/people.ts';
import { agentActor, isAgent, type Assignee } from '../documents/common.ts';
import type { Case } from '../documents/case.ts';
import type { Conversation } from '../documents/conversation.ts';
import type { EventType } from '../documents/entry.ts';
import { casePath, commandEntryId, conversationPath, entryPath } from '../paths.ts';
import {
  assignable,
  personOfAgent,
  refuses,
  type Operation,
  type Person,
} from '../permissions/permissions.ts';
import { create, update, type Write } from '../shared/plan.ts';
import type { RefusalCode } from '../shared/refusal.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { changes, newCase } from './ingest.ts';

const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));
const common = {
  commandId: id,
  conversationId: id,
  /** `assignment.version` that the caller saw. */
  expectedVersion: v.pipe(v.number(), v.integer(), v.minValue(0)),
};

/** What the callable `command` takes. A repeat of the same `commandId` answers as the first time. */
export const commandSchema = v.variant('type', [
  v.object({
    ...common,
    type: v.literal('assign'),
    to: v.variant('kind', [
      v.object({ kind: v.literal('agent'), id }),
      v.object({ kind: v.literal('team'), id }),
    ]),
  }),
  v.object({ ...common, type: v.literal('resolve') }),
  v.object({ ...common, type: v.literal('reopen') }),
  v.object({
    ...common,
    type: v.literal('markUnread'),
    expectedVersion: v.optional(common.expectedVersion),
  }),
]);
/**
 * A command that fits {@link commandSchema}. Ids are 1 to 64 characters of `A-Za-z0-9_-`; only
 * `markUnread` may leave `expectedVersion` out.
 */
export type Command = v.InferOutput<typeof commandSchema>;

/** What {@link decideCommand} looks at. */
export interface CommandState {
  readonly person: Person;
  readonly conversation: Conversation;
  /** The case in force, where its document is there. */
  readonly caseDoc: Case | null;
  /** The colleague that an `assign` names; `null` where there is none. */
  readonly target: { readonly uid: string; readonly agent: Agent } | null;
  /** The team that an `assign` names exists. */
  readonly teamExists: boolean;
}

interface Decision {
  readonly after: Conversation;
  readonly event: { readonly type: EventType; readonly data: Record<string, unknown> } | null;
  readonly caseWrites?: readonly Write[];
}

const PERMISSION: Readonly<Record<Command['type'], Operation>> = {
  assign: 'conversation.assign',
  resolve: 'conversation.resolve',
  reopen: 'conversation.reopen',
  markUnread: 'conversation.markRead',
};

/**
 * Decides a command: the writes of one guarded commit with its event and the version that the
 * assignment has after it, or why it is refused. `now` is epoch ms.
 */
export function decideCommand(
  state: CommandState,
  command: Command,
  now: number,
): Result<{ readonly writes: readonly Write[]; readonly version: number }, RefusalCode> {
  const { person, conversation } = state;
  const refused = refuses(PERMISSION[command.type], person, conversation, now);
  if (refused !== null) return err(refused);
  if (
    command.expectedVersion !== undefined &&
    command.expectedVersion !== conversation.assignment.version
  )
    return err('stale');
  const decided = decide(state, command, now);
  if (!decided.ok) return decided;
  const { after, event, caseWrites = [] } = decided.value;
  return ok({
    writes: [
      ...changes(conversation, after, conversationPath(command.conversationId)),
      ...caseWrites,
      ...(event ? [eventEntry(state, command, event, after, now)] : []),
    ],
    version: after.assignment.version,
  });
}

function decide(state: CommandState, command: Command, now: number): Result<Decision, RefusalCode> {
  switch (command.type) {
    case 'assign':
      return assign(state, command, now);
    case 'resolve':
      return ok(resolve(state, command.conversationId, now));
    case 'reopen':
      return ok(reopen(state, command.conversationId, now));
    case 'markUnread':
      return ok({ after: markUnread(state.conversation), event: null });
  }
}

function assign(
  state: CommandState,
  command: Extract<Command, { type: 'assign' }>,
  now: number,
): Result<Decision, RefusalCode> {
  const { conversation, person, target } = state;
  const from = conversation.assignee;
  if (command.to.kind === 'team') {
    if (!state.teamExists) return err('not-found');
    const after = { ...hold(conversation, null, person.uid, now), teamId: command.to.id };
    return ok({
      after,
      event: { type: 'assigned', data: { from, to: command.to, fromTeamId: conversation.teamId } },
    });
  }
  if (target === null) return err('not-found');
  if (!assignable(personOfAgent(target.uid, target.agent), conversation))
    return err('not-assignable');
  if (isAgent(from, target.uid)) return err('already-held');
  return ok({
    after: hold(conversation, agentActor(target.uid), person.uid, now),
    event: { type: 'assigned', data: { from, to: agentActor(target.uid) } },
  });
}

function resolve(state: CommandState, conversationId: string, now: number): Decision {
  const { conversation, person, caseDoc } = state;
  return {
    after: {
      ...hold(conversation, null, person.uid, now),
      lastAssignee: conversation.assignee ?? conversation.lastAssignee,
      status: 'resolved',
      active: false,
      snoozedUntil: null,
      waitingSince: null,
    },
    event: { type: 'resolved', data: { from: conversation.assignee } },
    caseWrites: caseDoc
      ? [
          update(casePath(conversationId, caseDoc.number), {
            resolvedAt: now,
            waitingSince: conversation.waitingSince,
          }),
        ]
      : [],
  };
}

/**
 * A person's reopen continues the case and gives it to that person; a customer who was waiting when it
 * was resolved waits again, since then. Where there was none yet (a
 * customer who only reacted) it is the first.
 */
function reopen(state: CommandState, conversationId: string, now: number): Decision {
  const { conversation, person, caseDoc } = state;
  const first = conversation.caseNumber === 0;
  return {
    after: {
      ...hold(conversation, agentActor(person.uid), person.uid, now),
      status: 'open',
      active: true,
      waitingSince: stillOwed(caseDoc, conversation),
      caseNumber: Math.max(1, conversation.caseNumber),
    },
    event: { type: 'reopened', data: { to: agentActor(person.uid) } },
    caseWrites: [
      ...(first ? [create(casePath(conversationId, 1), newCase(1, now))] : []),
      ...(caseDoc
        ? [
            update(casePath(conversationId, caseDoc.number), {
              resolvedAt: null,
              waitingSince: null,
            }),
          ]
        : []),
    ],
  };
}

/** Since when the customer of a resolved case waits; `null` where a reply has left in the meantime. */
function stillOwed(caseDoc: Case | null, { lastAnswerAt }: Conversation): number | null {
  const since = caseDoc?.waitingSince ?? null;
  return since !== null && since > (lastAnswerAt ?? 0) ? since : null;
}

/** The last message counts as unread again. */
const markUnread = (conversation: Conversation): Conversation => ({
  ...conversation,
  readCount: Math.max(0, Math.min(conversation.readCount, conversation.inboundCount - 1)),
});

/** A change of holder: the version rises, so that nothing written under the old one can leave. */
const hold = (
  conversation: Conversation,
  assignee: Assignee | null,
  by: string,
  now: number,
): Conversation => ({
  ...conversation,
  assignee,
  assignment: { version: conversation.assignment.version + 1, at: now, by },
});

const eventEntry = (
  state: CommandState,
  command: Command,
  event: NonNullable<Decision['event']>,
  after: Conversation,
  now: number,
): Write =>
  create(entryPath(command.conversationId, commandEntryId(command.commandId)), {
    schemaVersion: 1,
    kind: 'event',
    type: event.type,
    at: now,
    seq: 0,
    caseNumber: after.caseNumber,
    author: agentActor(state.person.uid),
    data: { ...event.data, version: after.assignment.version },
  });
