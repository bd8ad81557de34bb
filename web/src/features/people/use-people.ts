import type { PeopleCommand, RefusalCode } from '@switchboard/domain';
import { computed, ref } from 'vue';
import { people } from '../../data/callables.ts';
import { useAgents, useTeams, type Colleague } from '../../data/people.ts';
import { useI18n } from '../../i18n/index.ts';

/** Colleagues for the list: those who work here first, then by name; and what may be done to them. */
export function usePeople() {
  const { t, language } = useI18n();
  const { agents, state, retry } = useAgents();
  const { teams } = useTeams();

  const colleagues = computed(() => {
    const byName = new Intl.Collator(language.value).compare;
    return [...agents.value.values()].sort(
      (a, b) => Number(b.active) - Number(a.active) || byName(a.name, b.name),
    );
  });

  /** What a colleague sees, in words: every team, these, or none. */
  const teamWords = (
    colleague: Pick<Colleague, 'role' | 'teams' | 'allTeams'>,
  ): readonly string[] => {
    if (colleague.role === 'admin' || colleague.allTeams) return [t('people.allTeams')];
    if (colleague.teams.length === 0) return [t('people.noTeam')];
    return colleague.teams.map((id) => teams.value.get(id)?.name ?? id);
  };

  return { colleagues, state, retry, teams, teamWords };
}

/** Sends commands one after the other and stops at the first refusal. */
export function useSending() {
  const busy = ref(false);
  const refused = ref<RefusalCode | null>(null);

  /** How many of the commands were done; all of them where `refused` stays `null`. */
  async function send(commands: readonly PeopleCommand[]): Promise<number> {
    busy.value = true;
    refused.value = null;
    let done = 0;
    for (const command of commands) {
      const answer = await people(command);
      if (answer.code !== 'ok') {
        refused.value = answer.code;
        break;
      }
      done += 1;
    }
    busy.value = false;
    return done;
  }

  return { busy, refused, send };
}
