import * as v from 'valibot';
import { agentPath, agentSchema, claimsSchema, personOf, type Person } from '@switchboard/domain';
import type { Gather } from '../ports.ts';

/** Who called, as the verified ID token says. */
export interface Caller {
  readonly uid: string;
  readonly token: Readonly<Record<string, unknown>>;
}

/** The caller with role, teams and standing of this moment. */
export async function findPerson(gather: Gather, caller: Caller): Promise<Person> {
  const [found] = await gather.read([agentPath(caller.uid)]);
  const claims = v.safeParse(claimsSchema, caller.token);
  const agent = found?.data ? v.parse(agentSchema, found.data) : null;
  return personOf(caller.uid, claims.success ? claims.output : null, agent);
}
