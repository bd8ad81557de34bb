import * as v from 'valibot';
import { channelPath, channelSchema, type Channel } from '@switchboard/domain';
import type { Ports } from '../ports.ts';

/** How long a number's settings are remembered by one instance, ms. */
const REMEMBER_MS = 15_000;

const known = new WeakMap<
  object,
  Map<string, { readonly until: number; readonly channel: Channel }>
>();

/** The channel of a number, or `null` where the workspace has none. Only what exists is remembered. */
export async function findChannel(
  ports: Pick<Ports, 'store' | 'clock'>,
  channelId: string,
): Promise<Channel | null> {
  const remembered = known.get(ports.store) ?? new Map();
  known.set(ports.store, remembered);
  const hit = remembered.get(channelId);
  const now = ports.clock.now();
  if (hit && hit.until > now) return hit.channel;
  const [found] = await ports.store.read([channelPath(channelId)]);
  if (!found?.data) return null;
  const channel = v.parse(channelSchema, found.data);
  remembered.set(channelId, { until: now + REMEMBER_MS, channel });
  return channel;
}
