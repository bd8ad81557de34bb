import * as v from 'valibot';
import { computed, type ComputedRef } from 'vue';
import { newAlertsQuery } from './alert-queries.ts';
import { useQuery } from './live.ts';
import { useSession } from './session.ts';
import { shared } from './shared.ts';

/** Of an alert that only has to be there nothing is read. */
const anyAlert = v.object({});

/** Whether there is an alert that nobody has acknowledged, live; never for those who may see none. */
export const useNewAlert = shared((): ComputedRef<boolean> => {
  const { person } = useSession();
  const may = () => person.value !== null && person.value.role !== 'agent';
  const { rows } = useQuery(() => (may() ? newAlertsQuery() : null), anyAlert);
  return computed(() => rows.value.length > 0);
});
