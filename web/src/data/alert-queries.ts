import { alertsPath, channelsPath } from '@switchboard/domain';
import type { QuerySpec, Where } from './queries.ts';

/*
 * Queries of alerts. Apart from the others, so that only whoever sees alerts downloads them.
 */

/** Alerts, or numbers, that one look shows; more than a workspace ever has. */
const SHOWN = 100;

const OPEN: Where = { field: 'open', op: '==', value: true };

/** What is open, newest first; the rules let supervisors and admins list it. */
export const alertsQuery = (): QuerySpec => ({
  collection: alertsPath(),
  where: [OPEN],
  orderBy: { field: 'lastAt', direction: 'desc' },
  limit: SHOWN,
});

/** One that is open and that nobody has acknowledged: enough to know that there is one. */
export const newAlertsQuery = (): QuerySpec => ({
  collection: alertsPath(),
  where: [OPEN, { field: 'acknowledgement', op: '==', value: null }],
  limit: 1,
});

/** Our numbers; the rules let everyone with claims list them. */
export const channelsQuery = (): QuerySpec => ({
  collection: channelsPath(),
  where: [],
  limit: SHOWN,
});
