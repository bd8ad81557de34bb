import {
  alertPath,
  alertSchema,
  decideAcknowledgement,
  refusal,
  refusesAlerts,
  type CallableAnswer,
} from '@switchboard/domain';
import { callable } from '../platform/callable.ts';
import { parsed } from '../platform/parsed.ts';
import { findPerson } from '../platform/person.ts';

/** A supervisor or an admin has seen an alert. A repeat, and one that is over by now, change nothing. */
export const alerts = callable(
  'alerts',
  ({ type, alertId }) => ({ type, alertId }),
  async (ports, caller, { alertId }) => {
    const why = refusesAlerts(await findPerson(ports.store, caller));
    if (why !== null) return refusal(why);
    return ports.store.guarded<CallableAnswer<'alerts'>>(async ({ read }) => {
      const [found] = await read([alertPath(alertId)]);
      const alert = parsed(found, alertSchema);
      if (alert === null) return { writes: [], value: refusal('not-found') };
      const now = ports.clock.now();
      const writes = decideAcknowledgement(alertId, alert, caller.uid, now);
      return { writes, value: { code: 'ok' } };
    });
  },
);
