import * as v from 'valibot';
import type { Person } from '../permissions/permissions.ts';
import { refusedSchema } from '../shared/refused.ts';
import type { RefusalCode } from '../shared/refusal.ts';

/** What the callable `alerts` takes: a supervisor or an admin has seen one. */
export const alertsCommandSchema = v.object({
  type: v.literal('acknowledge'),
  alertId: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/)),
});
/** A command that fits {@link alertsCommandSchema}. */
export type AlertsCommand = v.InferOutput<typeof alertsCommandSchema>;

/** What the callable `alerts` answers: it is acknowledged, by whoever was first, or a refusal. */
export const alertsAnswerSchema = v.union([v.object({ code: v.literal('ok') }), refusedSchema]);

/** Why this person may not; `null` where they may: alerts are for supervisors and admins. */
export const refusesAlerts = (person: Person): RefusalCode | null =>
  person.role !== 'admin' && person.role !== 'supervisor'
    ? 'not-permitted'
    : person.active
      ? null
      : 'deactivated';
