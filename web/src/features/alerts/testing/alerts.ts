import type { ListedAlert } from '../../../data/alerts.ts';

/** When the alerts of tests were raised: noon, UTC. */
export const NOON = Date.UTC(2026, 2, 2, 12);

/** An open alert about the first number: its token is turned away. */
export const anAlert = (id: string, over: Partial<ListedAlert> = {}): ListedAlert => ({
  id,
  schemaVersion: 1,
  kind: 'connection',
  cause: 'token-dead',
  severity: 'critical',
  open: true,
  channelId: '100000000000001',
  name: '',
  detail: '190 · Access token has expired',
  count: 1,
  openedAt: NOON,
  lastAt: NOON,
  asOfAt: NOON,
  endsAt: null,
  closedAt: null,
  level: null,
  acknowledgement: null,
  expireAt: null,
  ...over,
});
