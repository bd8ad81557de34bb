import {
  alertSchema,
  alertsAnswerSchema,
  channelSchema,
  refusal,
  type Alert,
  type Refusal,
} from '@switchboard/domain';
import { computed, type ComputedRef } from 'vue';
import { alertsQuery, channelsQuery } from './alert-queries.ts';
import { call } from './callables.ts';
import { useQuery, type LiveState } from './live.ts';
import { useSession } from './session.ts';

/** An open alert as screens show one. */
export type ListedAlert = Alert & { readonly id: string };

/** Open alerts, live, newest first; for supervisors and admins. */
export interface Alerts {
  readonly alerts: ComputedRef<readonly ListedAlert[]>;
  readonly state: ComputedRef<LiveState>;
  /** Names of our numbers by their ids. */
  readonly numbers: ComputedRef<ReadonlyMap<string, string>>;
  readonly retry: () => void;
}

/** Opens the list of alerts. */
export function useAlerts(): Alerts {
  const { person } = useSession();
  const may = () => person.value !== null && person.value.role !== 'agent';
  const { rows, state, retry } = useQuery(() => (may() ? alertsQuery() : null), alertSchema);
  const channels = useQuery(() => (may() ? channelsQuery() : null), channelSchema);
  return {
    alerts: computed(() => rows.value),
    state,
    numbers: computed(
      () =>
        new Map(
          channels.rows.value.map(({ id, name, displayPhoneNumber }) => [
            id,
            [name, displayPhoneNumber].filter((part) => part !== '').join(' · '),
          ]),
        ),
    ),
    retry,
  };
}

/**
 * Says that this person has seen an alert. Safe to repeat: the first who did stays. No answer in time is
 * the refusal `offline`.
 */
export async function acknowledge(alertId: string): Promise<{ readonly code: 'ok' } | Refusal> {
  const { code } = await call('alerts', { type: 'acknowledge', alertId }, alertsAnswerSchema);
  if (code === 'ok') return { code };
  return refusal(code === 'unanswered' ? 'offline' : code);
}
