import * as v from 'valibot';
import {
  agentPath,
  agentSchema,
  claimsFor,
  COLLECTIONS,
  decidePeople,
  idOf,
  refusal,
  sameClaims,
  teamSchema,
  update,
  workspacePath,
  workspaceSchema,
  type CallableAnswer,
  type PeopleCommand,
  type PeopleState,
  type Person,
  type Workspace,
} from '@switchboard/domain';
import { callable } from '../platform/callable.ts';
import { findPerson, type Caller } from '../platform/person.ts';
import type { Attempt, Gather, Ports } from '../ports.ts';

type Answer = CallableAnswer<'people'>;

/** Colleagues and teams that one workspace may have; both are read whole for a decision. */
const COLLEAGUES = 2_000;

/**
 * An admin changes a colleague's role, teams or standing. The agent document comes first, since the
 * rules ask it: somebody switched off can write nothing from that commit on. Claims follow.
 */
export const people = callable(
  'people',
  ({ uid, type }) => ({ uid, type }),
  async (ports, caller, input) => {
    const answer = await ports.store.guarded((gather) => attempt(gather, caller, input));
    if (answer.code === 'ok') await applyClaims(ports, input.uid);
    return answer;
  },
);

async function attempt(
  gather: Gather,
  caller: Caller,
  input: PeopleCommand,
): Promise<Attempt<Answer>> {
  const person = await findPerson(gather, caller);
  // Nobody else makes us read the whole office.
  const state =
    person.role === 'admin'
      ? await gatherState(gather, person, input)
      : { person, target: null, teams: {}, otherAdmin: null };
  const decided = decidePeople(state, input);
  return decided.ok
    ? { writes: decided.value.writes, value: { code: 'ok' } }
    : { writes: [], value: refusal(decided.error) };
}

async function gatherState(
  gather: Gather,
  person: Person,
  input: PeopleCommand,
): Promise<PeopleState> {
  const all = { where: [], limit: COLLEAGUES } as const;
  const agents = await gather.query({ collection: COLLECTIONS.agents, ...all });
  const teams = await gather.query({ collection: COLLECTIONS.teams, ...all });
  const parsed = agents.map(({ path, data }) => ({ path, agent: v.parse(agentSchema, data) }));
  const target = parsed.find(({ path }) => path === agentPath(input.uid));
  const other = parsed.find(
    ({ path, agent }) => agent.active && agent.role === 'admin' && path !== target?.path,
  );
  return {
    person,
    target: target?.agent ?? null,
    teams: Object.fromEntries(
      teams.map(({ path, data }) => [idOf(path), v.parse(teamSchema, data)]),
    ),
    otherAdmin: other ? idOf(other.path) : null,
  };
}

/**
 * Brings Auth in line with an agent document and says so in it: `claimsVersion` rises once the
 * claims are in force, which makes the person's own app fetch them. Repeating does no harm. Auth
 * knows no order, so where the document changed meanwhile the present state is applied again: the
 * last to write it has applied what stands in it.
 *
 * @throws {Contended} where it keeps changing; the sweep goes on.
 */
export async function applyClaims(ports: Ports, uid: string): Promise<void> {
  await ports.store.guarded(async ({ read }) => {
    const [found, workspace] = await read([agentPath(uid), workspacePath()]);
    if (!found?.data) return { writes: [], value: null };
    const agent = v.parse(agentSchema, found.data);
    const claims = claimsFor(agent, parseWorkspace(workspace?.data));
    await ports.accounts.apply(uid, claims);
    return {
      writes: [update(agentPath(uid), { claims, claimsVersion: agent.claimsVersion + 1 })],
      value: null,
    };
  });
}

const parseWorkspace = (data: unknown): Workspace => v.parse(workspaceSchema, data ?? { name: '' });

/** Colleagues whose claims are not what their document asks for: a change that was cut off half-way. */
export async function findUnapplied(ports: Pick<Ports, 'store'>): Promise<readonly string[]> {
  const agents = await ports.store.query({
    collection: COLLECTIONS.agents,
    where: [],
    limit: COLLEAGUES,
  });
  const [workspace] = await ports.store.read([workspacePath()]);
  return agents.flatMap(({ path, data }) => {
    const agent = v.parse(agentSchema, data);
    const wanted = claimsFor(agent, parseWorkspace(workspace?.data));
    return sameClaims(agent.claims, wanted) ? [] : [idOf(path)];
  });
}
