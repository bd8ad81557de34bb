import * as v from 'valibot';
import {
  agentPath,
  agentSchema,
  casePath,
  caseSchema,
  commandEntryId,
  conversationPath,
  conversationSchema,
  decideCommand,
  entryPath,
  entrySchema,
  refusal,
  teamPath,
  type Command,
  type CommandState,
  type Entry,
  type CallableAnswer,
  type Person,
  type RefusalCode,
} from '@switchboard/domain';
import { callable } from '../platform/callable.ts';
import { parsed } from '../platform/parsed.ts';
import { findPerson, type Caller } from '../platform/person.ts';
import type { Attempt, Gather } from '../ports.ts';

type Answer = CallableAnswer<'command'>;

/**
 * Everything about a conversation that is not one of the writes which the rules judge: assign, resolve,
 * reopen, mark unread. One guarded commit with its event; a repeat of the same `commandId` finds the
 * event and answers as the first time.
 */
export const command = callable(
  'command',
  ({ commandId, conversationId, type }) => ({ commandId, conversationId, type }),
  (ports, caller, input) =>
    ports.store.guarded((gather) => attempt(gather, caller, input, ports.clock.now())),
);

async function attempt(
  gather: Gather,
  caller: Caller,
  input: Command,
  now: number,
): Promise<Attempt<Answer>> {
  const person = await findPerson(gather, caller);
  const [event, conversation] = await gather.read([
    entryPath(input.conversationId, commandEntryId(input.commandId)),
    conversationPath(input.conversationId),
  ]);
  const done = parsed(event, entrySchema);
  if (done !== null) return answerAgain(done, caller);
  const present = parsed(conversation, conversationSchema);
  if (present === null) return refuse('not-found');
  const state = await gatherState(gather, person, present, input);
  const decided = decideCommand(state, input, now);
  return decided.ok
    ? { writes: decided.value.writes, value: ok(decided.value.version) }
    : refuse(decided.error);
}

const ok = (version: number): Answer => ({ code: 'ok', version });
const refuse = (code: RefusalCode): Attempt<Answer> => ({
  writes: [],
  value: refusal(code),
});

/** The answer of a command that was carried out before; to its own author only. */
function answerAgain(entry: Entry, caller: Caller): Attempt<Answer> {
  const version = entry.kind === 'event' ? entry.data?.['version'] : undefined;
  if (entry.author.id !== caller.uid || typeof version !== 'number') return refuse('not-permitted');
  return { writes: [], value: ok(version) };
}

async function gatherState(
  gather: Gather,
  person: Person,
  conversation: CommandState['conversation'],
  input: Command,
): Promise<CommandState> {
  const to = input.type === 'assign' ? input.to : null;
  const [caseDoc, target, team] = await gather.read([
    casePath(input.conversationId, conversation.caseNumber),
    agentPath(to?.kind === 'agent' ? to.id : person.uid),
    teamPath(to?.kind === 'team' ? to.id : conversation.teamId),
  ]);
  return {
    person,
    conversation,
    caseDoc: parsed(caseDoc, caseSchema),
    target:
      to?.kind === 'agent' && target?.data
        ? { uid: to.id, agent: v.parse(agentSchema, target.data) }
        : null,
    teamExists: Boolean(team?.data),
  };
}
