import * as v from 'valibot';
import {
  agentPath,
  agentSchema,
  casePath,
  caseSchema,
  commandEntryId,
  commandSchema,
  conversationPath,
  conversationSchema,
  decideCommand,
  entryPath,
  refusal,
  teamPath,
  type Command,
  type CommandState,
  type Person,
  type Refusal,
  type RefusalCode,
} from '@switchboard/domain';
import { Contended, type Attempt, type Gather, type Ports } from '../ports.ts';
import { findPerson, type Caller } from '../people/person.ts';

/** What the callable `command` answers. */
export type CommandResult =
  { readonly code: 'ok'; readonly retryable: false; readonly version: number } | Refusal;

/**
 * Everything about a conversation that is not one of the writes which the rules judge: assign, resolve,
 * reopen, mark unread. One guarded commit with its event; a repeat of the same `commandId` finds the
 * event and answers as the first time.
 */
export async function command(
  ports: Ports,
  caller: Caller | null,
  input: unknown,
): Promise<CommandResult> {
  if (caller === null) return refusal('not-signed-in');
  const parsed = v.safeParse(commandSchema, input);
  if (!parsed.success) return refusal('bad-input');
  try {
    const result = await ports.store.guarded((gather) =>
      attempt(gather, caller, parsed.output, ports.clock.now()),
    );
    const { commandId, conversationId, type } = parsed.output;
    ports.log.info('command', {
      uid: caller.uid,
      commandId,
      conversationId,
      type,
      code: result.code,
    });
    return result;
  } catch (error) {
    if (error instanceof Contended) return refusal('busy');
    throw error;
  }
}

async function attempt(
  gather: Gather,
  caller: Caller,
  input: Command,
  now: number,
): Promise<Attempt<CommandResult>> {
  const person = await findPerson(gather, caller);
  const [event, conversation] = await gather.read([
    entryPath(input.conversationId, commandEntryId(input.commandId)),
    conversationPath(input.conversationId),
  ]);
  if (event?.data) return answerAgain(event.data, caller);
  if (!conversation?.data) return refuse('not-found');
  const state = await gatherState(
    gather,
    person,
    v.parse(conversationSchema, conversation.data),
    input,
  );
  const decided = decideCommand(state, input, now);
  return decided.ok
    ? { writes: decided.value.writes, value: ok(decided.value.answer.version) }
    : refuse(decided.error);
}

const ok = (version: number): CommandResult => ({ code: 'ok', retryable: false, version });
const refuse = (code: RefusalCode): Attempt<CommandResult> => ({
  writes: [],
  value: refusal(code),
});

/** The answer of a command that was carried out before; to its own author only. */
function answerAgain(
  event: Readonly<Record<string, unknown>>,
  caller: Caller,
): Attempt<CommandResult> {
  const author = event['author'] as { readonly id?: unknown } | undefined;
  const data = event['data'] as { readonly version?: unknown } | undefined;
  if (author?.id !== caller.uid || typeof data?.version !== 'number')
    return refuse('not-permitted');
  return { writes: [], value: ok(data.version) };
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
    caseDoc: caseDoc?.data ? v.parse(caseSchema, caseDoc.data) : null,
    target:
      to?.kind === 'agent' && target?.data
        ? { uid: to.id, agent: v.parse(agentSchema, target.data) }
        : null,
    teamExists: Boolean(team?.data),
  };
}
