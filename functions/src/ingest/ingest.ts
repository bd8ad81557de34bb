import {
  journalExpiry,
  journalPath,
  merge,
  type Channel,
  type FateReason,
  type JournaledMessage,
  type StatusItem,
} from '@switchboard/domain';
import { Contended, type Ports } from '../ports.ts';
import type { Journaled } from '../webhook/journal.ts';
import { findChannel } from './channels.ts';
import { ingestMessages } from './messages.ts';
import { ingestStatus } from './statuses.ts';

/** Groups processed side by side; each is one sender of one number, or one message's statuses. */
const SIDE_BY_SIDE = 8;
/** Messages of one sender in one commit. */
const COMMIT_MESSAGES = 100;
/** Tries of an item before a person must look. */
const ITEM_ATTEMPTS = 8;

/** What one run may do. `deadline` is epoch ms: no group is begun after it. */
export interface IngestRun {
  /** The app whose signature the items came under; `null` where they come from the journal. */
  readonly appId: string | null;
  readonly deadline: number;
  /** Items may have been processed by somebody else already. */
  readonly again?: boolean;
}

/**
 * Makes journaled items what they are, grouped by sender. Safe to run any number of times and by
 * several at once. Answers how many items are left for later.
 */
export async function ingest(
  ports: Ports,
  items: readonly Journaled[],
  run: IngestRun,
): Promise<number> {
  const groups = groupItems(items);
  let next = 0;
  let left = 0;
  const worker = async (): Promise<void> => {
    for (let group = groups[next++]; group !== undefined; group = groups[next++]) {
      if (ports.clock.now() >= run.deadline) left += group.length;
      else left += await ingestGroup(ports, group, run);
    }
  };
  await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, groups.length) }, worker));
  return left;
}

/** Items that lead to the same conversation as far as they themselves tell, in the order they came. */
export function groupItems(items: readonly Journaled[]): readonly (readonly Journaled[])[] {
  const groups = new Map<string, Journaled[]>();
  for (const journaled of items) {
    const key = groupKey(journaled);
    const group = groups.get(key);
    if (group) group.push(journaled);
    else groups.set(key, [journaled]);
  }
  return [...groups.values()];
}

function groupKey({ item }: Journaled): string {
  if (item.kind === 'status') return `status ${item.phoneNumberId} ${item.wamid}`;
  const ids = item.sender?.identifiers ?? [];
  return `message ${item.phoneNumberId} ${JSON.stringify(ids)}`;
}

async function ingestGroup(
  ports: Ports,
  group: readonly Journaled[],
  run: IngestRun,
): Promise<number> {
  const channelId = group[0]?.item.phoneNumberId ?? '';
  try {
    const channel = await findChannel(ports, channelId);
    const foreign = run.appId !== null && channel?.appId != null && channel.appId !== run.appId;
    if (channel === null || foreign) {
      await Promise.all(group.map(({ id }) => settle(ports, id, 'parked', 'unknown-number')));
      return 0;
    }
    await ingestKnown(ports, channelId, channel, group, run);
    return 0;
  } catch (error) {
    const contended = error instanceof Contended;
    ports.log.error('ingest.failed', {
      channelId,
      ids: group.map(({ id }) => id).slice(0, 20),
      contended,
      error: error instanceof Error ? error.name : 'unknown',
    });
    await postpone(ports, group);
    return group.length;
  }
}

async function ingestKnown(
  ports: Ports,
  channelId: string,
  channel: Channel,
  group: readonly Journaled[],
  run: IngestRun,
): Promise<void> {
  const messages = group.filter((one): one is JournaledMessage => one.item.kind === 'message');
  for (let start = 0; start < messages.length; start += COMMIT_MESSAGES) {
    const slice = messages.slice(start, start + COMMIT_MESSAGES);
    await ingestMessages(ports, channelId, channel, slice, run.again ?? false);
  }
  for (const { id, item } of group) {
    if (item.kind !== 'status') continue;
    const { fate, reason, entry } = await ingestStatus(ports, id, item satisfies StatusItem);
    if (fate !== 'settled') await settle(ports, id, fate, reason, entry);
  }
}

/** Writes an item's fate. */
export async function settle(
  ports: Pick<Ports, 'store' | 'clock'>,
  id: string,
  fate: 'done' | 'ignored' | 'parked',
  reason: FateReason | null,
  entry: string | null = null,
): Promise<void> {
  const expireAt = fate === 'parked' ? null : journalExpiry(ports.clock.now());
  await ports.store.guarded(() =>
    Promise.resolve({
      writes: [merge(journalPath(id), { fate, reason, entry, expireAt })],
      value: null,
    }),
  );
}

/** Leaves items to the sweep; after enough tries, to a person. What is done stays done. */
async function postpone(ports: Ports, group: readonly Journaled[]): Promise<void> {
  await ports.store
    .guarded(async ({ read }) => {
      const found = await read(group.map(({ id }) => journalPath(id)));
      const open = found.filter(
        ({ data }) => data?.['fate'] === 'new' || data?.['fate'] === 'retry',
      );
      return {
        value: null,
        writes: open.map(({ path, data }) => {
          const attempts = Number(data?.['attempts'] ?? 0) + 1;
          return attempts < ITEM_ATTEMPTS
            ? { op: 'update' as const, path, data: { fate: 'retry', attempts } }
            : {
                op: 'update' as const,
                path,
                data: { fate: 'parked', reason: 'processing-failed', attempts },
              };
        }),
      };
    })
    .catch(() => {
      // They stay `new`, and the sweep finds them as such.
      ports.log.error('ingest.not-postponed', { items: group.length });
    });
}
