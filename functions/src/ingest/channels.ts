import * as v from 'valibot';
import { channelPath, channelSchema, idOf, type Channel } from '@switchboard/domain';
import type { Ports } from '../ports.ts';

/** How long a number's settings are remembered by one instance, ms. */
const REMEMBER_MS = 15_000;

interface Remembered {
  readonly until: number;
  readonly channel: Channel;
}

const memories = new WeakMap<object, Map<string, Remembered>>();

/**
 * The channels of these numbers by their ids, as far as the workspace has them; one that is not as a
 * channel should be is none, so that a slip in one keeps nobody else's messages. Only what exists is
 * remembered.
 */
export async function findChannels(
  ports: Pick<Ports, 'store' | 'clock'>,
  channelIds: Iterable<string>,
): Promise<ReadonlyMap<string, Channel>> {
  const memory = memories.get(ports.store) ?? new Map<string, Remembered>();
  memories.set(ports.store, memory);
  const now = ports.clock.now();
  const ids = [...new Set(channelIds)];
  const isFresh = (id: string) => (memory.get(id)?.until ?? 0) > now;
  for (const found of await ports.store.read(ids.filter((id) => !isFresh(id)).map(channelPath))) {
    const id = idOf(found.path);
    memory.delete(id);
    const read = v.safeParse(channelSchema, found.data);
    if (read.success) memory.set(id, { until: now + REMEMBER_MS, channel: read.output });
  }
  return new Map(
    ids.flatMap((id) => {
      const known = memory.get(id);
      return known ? [[id, known.channel]] : [];
    }),
  );
}
