import {
  alertPath,
  alertSchema,
  channelPath,
  channelSchema,
  decideAlerts,
  idOf,
  type Addressed,
  type AlertState,
  type Signal,
  type Write,
} from '@switchboard/domain';
import { parsed } from '../platform/parsed.ts';
import { Contended, type Gather, type Ports, type Snapshot } from '../ports.ts';

/** What is there of the alerts that signals are about. */
export interface Gathered {
  readonly state: AlertState;
  readonly news: readonly Addressed[];
}

/** Reads the alerts and channels of signals. */
export async function gatherAlerts(
  { hash }: Pick<Ports, 'hash'>,
  gather: Gather,
  signals: readonly Signal[],
): Promise<Gathered> {
  const news = signals.map((signal) => ({
    id: hash.id(['alert', signal.kind, signal.subject]),
    signal,
  }));
  const ids = [...new Set(news.map(({ id }) => id))];
  const channelIds = [...new Set(signals.flatMap(({ channelId }) => channelId ?? []))];
  const found = await gather.read([...ids.map(alertPath), ...channelIds.map(channelPath)]);
  const alerts = found.slice(0, ids.length);
  const state = {
    alerts: new Map(alerts.map((one) => [idOf(one.path), parsed(one, alertSchema)])),
    channels: new Map(found.slice(ids.length).flatMap(channelOf)),
  };
  return { state, news };
}

function channelOf(found: Snapshot) {
  const channel = parsed(found, channelSchema);
  return channel === null ? [] : [[idOf(found.path), channel] as const];
}

/**
 * Brings signals into alerts in a commit of their own. Where many tell the same at once the alert is
 * there by one of them, and nothing else waits for it.
 */
export const raise = (
  ports: Pick<Ports, 'store' | 'hash' | 'clock' | 'log'>,
  signals: readonly Signal[],
): Promise<void> =>
  change(ports, signals, ({ state, news }) => decideAlerts(state, news, ports.clock.now()));

/** The same with another decision. */
export async function change(
  ports: Pick<Ports, 'store' | 'hash' | 'clock' | 'log'>,
  signals: readonly Signal[],
  decide: (gathered: Gathered) => readonly Write[],
): Promise<void> {
  if (signals.length === 0) return;
  try {
    await ports.store.guarded(async (gather) => {
      const writes = decide(await gatherAlerts(ports, gather, signals));
      return { writes, value: null };
    });
  } catch (error) {
    if (!(error instanceof Contended)) throw error;
    ports.log.error('alerts.contended', { kinds: signals.map(({ kind }) => kind) });
  }
}
