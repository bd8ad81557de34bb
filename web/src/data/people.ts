import { agentPath, agentSchema, teamSchema, type Agent, type Role } from '@switchboard/domain';
import * as v from 'valibot';
import { computed, shallowReactive, type ComputedRef } from 'vue';
import { useQuery, type LiveState } from './live.ts';
import { agentsQuery, teamsQuery } from './queries.ts';
import { onSessionEnd, useSession } from './session.ts';
import { openStore } from './store.ts';

/** A colleague as screens show one. */
export interface Colleague {
  readonly uid: string;
  readonly name: string;
  readonly role: Role;
  readonly teams: readonly string[];
  readonly active: boolean;
}

const colleagueOf = (uid: string, agent: Agent): Colleague => ({
  uid,
  name: agent.name,
  role: agent.role,
  teams: agent.teams,
  active: agent.active,
});

/** Every colleague, live: for pickers and the People screen. Names alone are cheaper by {@link useNames}. */
export function useAgents(): {
  readonly agents: ComputedRef<ReadonlyMap<string, Colleague & Pick<Agent, 'email' | 'allTeams'>>>;
  readonly state: ComputedRef<LiveState>;
} {
  const { person } = useSession();
  const { rows, state } = useQuery(() => (person.value ? agentsQuery() : null), agentSchema);
  const agents = computed(
    () =>
      new Map(
        rows.value.map((row) => [
          row.id,
          { ...colleagueOf(row.id, row), email: row.email, allTeams: row.allTeams },
        ]),
      ),
  );
  return { agents, state };
}

/** Every team by its id, live. */
export function useTeams(): {
  readonly teams: ComputedRef<ReadonlyMap<string, { readonly id: string; readonly name: string }>>;
  readonly state: ComputedRef<LiveState>;
} {
  const { person } = useSession();
  const { rows, state } = useQuery(() => (person.value ? teamsQuery() : null), teamSchema);
  const teams = computed(
    () => new Map(rows.value.map((team) => [team.id, { id: team.id, name: team.name }])),
  );
  return { teams, state };
}

const known = shallowReactive(new Map<string, string>());
const asked = new Set<string>();

async function ask(uid: string): Promise<void> {
  try {
    const agent = v.safeParse(agentSchema, await (await openStore()).readCached(agentPath(uid)));
    if (agent.success) known.set(uid, agent.output.name);
  } catch {
    // Asked again when a row with this colleague is drawn again.
    asked.delete(uid);
  }
}

/**
 * Names of colleagues as rows and entries need them: each is read once, from the device where it is
 * there. `undefined` until it is known.
 */
export function useNames(): { readonly nameOf: (uid: string) => string | undefined } {
  const { person } = useSession();
  return {
    nameOf(uid) {
      if (uid === person.value?.uid) return person.value.name;
      const name = known.get(uid);
      if (name === undefined && person.value && !asked.has(uid)) {
        asked.add(uid);
        void ask(uid);
      }
      return name;
    },
  };
}

onSessionEnd(() => {
  known.clear();
  asked.clear();
});
