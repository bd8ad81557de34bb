import * as v from 'valibot';
import {
  CALLABLES,
  refusal,
  type CallableAnswer,
  type CallableInput,
  type CallableName,
} from '@switchboard/domain';
import { Contended, type Ports } from '../ports.ts';
import type { Caller } from './person.ts';

/** A callable as `index.ts` wires it. A refusal is an answer with its code; only a bug throws. */
export type Callable<N extends CallableName> = (
  ports: Ports,
  caller: Caller | null,
  input: unknown,
) => Promise<CallableAnswer<N>>;

/**
 * A callable out of the part that is its own: whoever is not signed in and whatever does not fit its
 * schema is refused before, contention is `busy` after, and each answer leaves a line in the log
 * with the ids that `named` picks.
 */
export const callable =
  <N extends CallableName>(
    name: N,
    named: (input: CallableInput<N>) => Readonly<Record<string, string>>,
    run: (ports: Ports, caller: Caller, input: CallableInput<N>) => Promise<CallableAnswer<N>>,
  ): Callable<N> =>
  async (ports, caller, input) => {
    if (caller === null) return refusal('not-signed-in');
    const parsed = v.safeParse(CALLABLES[name].input, input);
    if (!parsed.success) return refusal('bad-input');
    const given = parsed.output as CallableInput<N>;
    const answer = await run(ports, caller, given).catch((error: unknown) => {
      if (error instanceof Contended) return refusal('busy');
      throw error;
    });
    ports.log.info(name, { by: caller.uid, ...named(given), code: answer.code });
    return answer;
  };
