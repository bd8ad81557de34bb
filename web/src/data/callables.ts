import {
  refusal,
  REFUSALS,
  type Command,
  type CommandAnswer,
  type PeopleCommand,
  type Refusal,
  type RefusalCode,
} from '@switchboard/domain';
import * as v from 'valibot';
import type { AuthFailure } from './firebase.ts';
import { isOffline } from './connection.ts';

/**
 * Our callables over plain fetch, in the callable protocol (Firebase, "Protocol specification for
 * https.onCall"): POST `{data}` with the ID token, answered by `{result}` or `{error}`. The SDK's
 * own client weighs 11 kB and adds nothing here.
 */

/** How long an answer may take, ms. */
export const CALL_WITHIN = 15_000;

/** What `command` came to: the assignment's new version, or why not. */
export type CommandResult = ({ readonly code: 'ok' } & CommandAnswer) | Refusal;
/**
 * What `people` came to. `ok`: the colleague's document and claims are changed. After a retryable
 * refusal they may be, too.
 */
export type PeopleResult = { readonly code: 'ok' } | Refusal;

const refused = v.object({
  code: v.picklist(Object.keys(REFUSALS) as [RefusalCode, ...RefusalCode[]]),
});
const commandAnswer = v.union([v.object({ code: v.literal('ok'), version: v.number() }), refused]);
const peopleAnswer = v.union([v.object({ code: v.literal('ok') }), refused]);

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
  const detail = v.safeParse(refused, failed.output.error.details);
  return detail.success
    ? { code: detail.output.code }
    : { code: STATUSES[failed.output.error.status] ?? 'internal' };
}

async function post(name: 'command' | 'people', data: unknown): Promise<unknown> {
  const { idToken } = await import('./firebase.ts');
  const token = await idToken();
  const response = await fetch(`/api/${name}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ data }),
    signal: AbortSignal.timeout(CALL_WITHIN),
  });
  return response.json();
}

async function call<T extends { readonly code: string }>(
  name: 'command' | 'people',
  data: unknown,
  schema: v.GenericSchema<unknown, T>,
): Promise<T | { readonly code: RefusalCode }> {
  if (isOffline()) return { code: 'offline' };
  try {
    return readAnswer(await post(name, data), schema);
  } catch (error) {
    if (error instanceof SyntaxError) return { code: 'internal' };
    if ((error as Partial<AuthFailure>).code === 'deactivated') return { code: 'deactivated' };
    return { code: 'offline' };
  }
}

const withRetry = <T extends { readonly code: string }>(
  answer: T | { readonly code: RefusalCode },
): Extract<T, { code: 'ok' }> | Refusal =>
  answer.code === 'ok'
    ? (answer as Extract<T, { code: 'ok' }>)
    : refusal(answer.code as RefusalCode);

/**
 * Sends a command. With the same `commandId` it is safe to repeat: a repeat answers as the first
 * time. No answer in time is the refusal `offline`.
 */
export async function command(input: Command): Promise<CommandResult> {
  return withRetry(await call('command', input, commandAnswer));
}

/** An admin's change to a colleague. Safe to repeat: each sets a state. */
export async function people(input: PeopleCommand): Promise<PeopleResult> {
  return withRetry(await call('people', input, peopleAnswer));
}

/** An id for a command: 32 hexadecimal digits, chosen once per wish. */
export const newCommandId = (): string => crypto.randomUUID().replaceAll('-', '');
