import {
  commandAnswerSchema,
  commandEntryId,
  entryPath,
  mediaAnswerSchema,
  peopleAnswerSchema,
  refusal,
  refusedSchema,
  type CallableAnswer,
  type CallableName,
  type Command,
  type MediaCommand,
  type PeopleCommand,
  type Refusal,
  type RefusalCode,
} from '@switchboard/domain';
import * as v from 'valibot';
import type { AuthFailure } from './firebase.ts';
import { isOffline } from './connection.ts';
import { inTime, openStore } from './store.ts';

/**
 * Our callables over plain fetch, in the callable protocol (Firebase, "Protocol specification for
 * https.onCall"): POST `{data}` with the ID token, answered by `{result}` or `{error}`. The SDK's
 * own client weighs 11 kB and adds nothing here.
 */

/** How long an answer may take, ms. */
export const CALL_WITHIN = 15_000;

/**
 * What `command` came to: the assignment's new version, or why not. `unknown`: no answer came, and
 * nobody could say whether it was carried out.
 */
export type CommandResult =
  | Extract<CallableAnswer<'command'>, { code: 'ok' }>
  | Refusal
  | { readonly code: 'unknown'; readonly retryable: true };
/**
 * What `people` came to. `ok`: the colleague's document and claims are changed. After a retryable
 * refusal they may be, too.
 */
export type PeopleResult = { readonly code: 'ok' } | Refusal;
/** What `media` came to: the addresses (a retry has none), or why not. */
export type MediaResult = Extract<CallableAnswer<'media'>, { code: 'ok' }> | Refusal;

/** What the protocol's error statuses mean to us (Firebase, "FunctionsErrorCode"). */
const STATUSES: Readonly<Record<string, RefusalCode>> = {
  UNAUTHENTICATED: 'not-signed-in',
  PERMISSION_DENIED: 'not-permitted',
  INVALID_ARGUMENT: 'bad-input',
  NOT_FOUND: 'not-found',
  ABORTED: 'busy',
  UNAVAILABLE: 'busy',
  RESOURCE_EXHAUSTED: 'busy',
};

const errorAnswer = v.object({
  error: v.object({
    status: v.optional(v.string(), ''),
    details: v.optional(v.unknown()),
  }),
});

/** The answer of a callable, or why there is none. */
export function readAnswer<T>(
  body: unknown,
  schema: v.GenericSchema<unknown, T>,
): T | { readonly code: RefusalCode } {
  const success = v.safeParse(v.object({ result: schema }), body);
  if (success.success) return success.output.result;
  const failed = v.safeParse(errorAnswer, body);
  if (!failed.success) return { code: 'internal' };
  const detail = v.safeParse(refusedSchema, failed.output.error.details);
  return detail.success
    ? { code: detail.output.code }
    : { code: STATUSES[failed.output.error.status] ?? 'internal' };
}

/** `unanswered`: it was sent, and what became of it is not known. */
type Answered<T> = T | { readonly code: RefusalCode | 'unanswered' };

/** The token for a call, or why none can be made. */
async function token(): Promise<
  { readonly token: string | null } | { readonly code: RefusalCode }
> {
  try {
    const { idToken } = await import('./firebase.ts');
    return { token: await idToken() };
  } catch (error) {
    const off = (error as Partial<AuthFailure>).code === 'deactivated';
    return { code: off ? 'deactivated' : 'offline' };
  }
}

/** Asks a callable by its name; `schema` reads its answer. Resolves also without a connection. */
export async function call<T extends { readonly code: string }>(
  name: CallableName,
  data: unknown,
  schema: v.GenericSchema<unknown, T>,
): Promise<Answered<T>> {
  if (isOffline()) return { code: 'offline' };
  const caller = await token();
  if ('code' in caller) return caller;
  try {
    const response = await fetch(`/api/${name}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(caller.token === null ? {} : { authorization: `Bearer ${caller.token}` }),
      },
      body: JSON.stringify({ data }),
      signal: AbortSignal.timeout(CALL_WITHIN),
    });
    return readAnswer(await response.json(), schema);
  } catch (error) {
    return { code: error instanceof SyntaxError ? 'internal' : 'unanswered' };
  }
}

/** The answer of a command as its event keeps it; `null` where it is not there or can't be read. */
async function carriedOut(input: Command): Promise<CommandResult | null> {
  try {
    const store = await openStore();
    const path = entryPath(input.conversationId, commandEntryId(input.commandId));
    const event = await inTime(store.readServer(path));
    const data = event?.['data'] as { version?: unknown } | undefined;
    return typeof data?.version === 'number' ? { code: 'ok', version: data.version } : null;
  } catch {
    return null;
  }
}

/**
 * Sends a command. With the same `commandId` it is safe to repeat: a repeat answers as the first
 * time. Where no usable answer comes, the command's own event says whether it was carried out.
 */
export async function command(input: Command): Promise<CommandResult> {
  const answer = await call('command', input, commandAnswerSchema);
  const { code } = answer;
  if (code === 'ok') return answer;
  const refused =
    code === 'unanswered' ? ({ code: 'unknown', retryable: true } as const) : refusal(code);
  const doubtful = code === 'unanswered' || code === 'internal';
  return (doubtful && (await carriedOut(input))) || refused;
}

/**
 * An admin's change to a colleague. Safe to repeat: each sets a state. No answer in time is the
 * refusal `offline`.
 */
export async function people(input: PeopleCommand): Promise<PeopleResult> {
  const { code } = await call('people', input, peopleAnswerSchema);
  if (code === 'ok') return { code };
  return refusal(code === 'unanswered' ? 'offline' : code);
}

/**
 * Asks for the addresses of media, or for another try at media that was given up. Safe to repeat. No
 * answer in time is the refusal `offline`.
 */
export async function media(input: MediaCommand): Promise<MediaResult> {
  const answer = await call('media', input, mediaAnswerSchema);
  const { code } = answer;
  if (code === 'ok') return answer;
  return refusal(code === 'unanswered' ? 'offline' : code);
}

/** An id for a command: 32 hexadecimal digits, chosen once per wish. */
export const newCommandId = (): string => crypto.randomUUID().replaceAll('-', '');
