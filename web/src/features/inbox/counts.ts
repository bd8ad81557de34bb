import { computed, type ComputedRef } from 'vue';
import { listsOf, type List } from '../../data/queries.ts';
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
  return computed(() =>
    person.value ? listsOf(person.value).map((list) => ({ list, count: null, more: false })) : [],
  );
}
