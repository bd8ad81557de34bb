import { computed, watch, type ComputedRef } from 'vue';
import { useRoute } from 'vue-router';
import { useListCounts as useCounts } from '../../data/conversations.ts';
import { useTeams } from '../../data/people.ts';
import { listsOf, LISTS, type List } from '../../data/queries.ts';
import { useSession } from '../../data/session.ts';

/** What a list holds. `count` is `null` until it is known; `more` says that it is at least that. */
export interface ListCount {
  readonly list: List;
  readonly count: number | null;
  readonly more: boolean;
}

/** The lists that this person has, in the order of the console. */
export function useListCounts(): ComputedRef<readonly ListCount[]> {
  const { person } = useSession();
  const { teams, state } = useTeams();
  const { counts, refresh } = useCounts();
  const route = useRoute();
  const lists = computed(() => {
    const known = state.value === 'ready' ? [...teams.value.keys()] : null;
    return person.value ? listsOf(person.value, known) : [];
  });
  const opened = computed(() => LISTS.find((list) => list === route.params['list']));
  watch([lists, opened], () => lists.value.forEach((list) => void refresh(list)), {
    immediate: true,
  });
  return computed(() =>
    lists.value.map((list) => {
      const count = counts.value[list];
      return { list, count: count?.value ?? null, more: count?.more ?? false };
    }),
  );
}
