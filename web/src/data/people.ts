import { agentPath, agentSchema, teamSchema, type Agent, type Role } from '@switchboard/domain';
import * as v from 'valibot';
import { computed, ref, shallowReactive, watch, type ComputedRef } from 'vue';
import { useConnection } from './connection.ts';
import { useQuery, type LiveState } from './live.ts';
import { agentsQuery, teamsQuery } from './queries.ts';
import { onSessionEnd, useSession } from './session.ts';
import { shared } from './shared.ts';
import { openStore } from './store.ts';

/** A colleague as screens show one. */
export interface Colleague {
  readonly uid: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly teams: readonly string[];
  readonly allTeams: boolean;
  readonly active: boolean;
  /** In force; `null` where there are none (yet, or any more). */
  readonly claims: Agent['claims'];
}

const colleagueOf = (agent: Agent & { readonly id: string }): Colleague => ({
  uid: agent.id,
  name: agent.name,
  email: agent.email,
  role: agent.role,
  teams: agent.teams,
  allTeams: agent.allTeams,
  active: agent.active,
  claims: agent.claims,
});

/**
 * The first 500 colleagues by name, also those switched off. `ready` once the server has confirmed
 * them, or without a connection: the few that a device keeps by chance would grow under the finger.
 */
export interface Colleagues {
  /** By uid. */
  readonly agents: ComputedRef<ReadonlyMap<string, Colleague>>;
  readonly state: ComputedRef<LiveState>;
  /** Asks again after a failure. */
  readonly retry: () => void;
}

/** Every colleague, live: for pickers and the People screen. Names alone are cheaper by {@link useNames}. */
export const useAgents = shared((): Colleagues => {
  const { person } = useSession();
  const source = () => (person.value ? agentsQuery() : null);
  const { rows, state, fromCache, retry } = useQuery(source, agentSchema);
  const { truth } = useConnection();
  const whole = ref(false);
  watch(
    () => state.value === 'ready' && (!fromCache.value || truth.value === 'offline'),
    (now) => (whole.value ||= now),
    { immediate: true },
  );
  const agents = computed(() => new Map(rows.value.map((row) => [row.id, colleagueOf(row)])));
  return {
    agents,
    state: computed(() => (state.value === 'ready' && !whole.value ? 'loading' : state.value)),
    retry,
  };
});

/** The first 100 teams by name. Empty until `state` is `ready`. */
export interface Teams {
  /** By team id. */
  readonly teams: ComputedRef<ReadonlyMap<string, { readonly id: string; readonly name: string }>>;
  readonly state: ComputedRef<LiveState>;
}

/** Every team, live. */
export const useTeams = shared((): Teams => {
  const { person } = useSession();
  const { rows, state } = useQuery(() => (person.value ? teamsQuery() : null), teamSchema);
  const teams = computed(() => new Map(rows.value.map(({ id, name }) => [id, { id, name }])));
  return { teams, state };
});

const known = shallowReactive(new Map<string, string>());
const asked = new Set<string>();

async function ask(uid: string): Promise<string | undefined> {
  try {
    const agent = v.safeParse(agentSchema, await (await openStore()).readCached(agentPath(uid)));
    if (agent.success) known.set(uid, agent.output.name);
  } catch {
    // Asked again when a row with this colleague is drawn again.
    asked.delete(uid);
  }
  return known.get(uid);
}

/** The name of a colleague as soon as it is known; `undefined` where it can't be read. */
export const findName = async (uid: string): Promise<string | undefined> =>
  known.get(uid) ?? (await ask(uid));

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
