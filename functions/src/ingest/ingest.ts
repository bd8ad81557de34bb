import { vouchesFor, type Channel, type MessageItem } from '@switchboard/domain';
import { Contended, type Ports } from '../ports.ts';
import { sideBySide } from '../platform/side-by-side.ts';
import type { Journaled } from '../webhook/journaled.ts';
import { ingestAccounts } from './accounts.ts';
import { findChannels } from './channels.ts';
import { ingestMessages } from './messages.ts';
import { postpone, settle } from './settle.ts';
import { ingestStatus } from './statuses.ts';

/** Groups processed side by side; each is one sender of one number, or one message's statuses. */
const SIDE_BY_SIDE = 32;
/** Messages of one sender in one commit. */
const COMMIT_MESSAGES = 100;

/** What one run may do. `deadline` is epoch ms: no group is begun after it. */
export interface IngestRun {
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
  let left = 0;
  const process = (groups: readonly (readonly Journaled[])[]): Promise<void> =>
    sideBySide(SIDE_BY_SIDE, groups, async (group) => {
      const late = ports.clock.now() >= run.deadline;
      const unfinished = late ? group.length : await ingestGroup(ports, group, run);
      left += unfinished;
    });
  const groups = groupItems(items);
  // Who goes by another id now may write under it in the same delivery, and is known only then.
  await process(groups.filter(tellsOfChange));
  await process(groups.filter((group) => !tellsOfChange(group)));
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

const tellsOfChange = (group: readonly Journaled[]): boolean =>
  group.some(({ item }) => item.kind === 'message' && item.sender?.becomes !== undefined);

function groupKey({ appId, item }: Journaled): string {
  if (item.kind === 'account') return `account ${appId} ${item.phoneNumberId} ${item.accountId}`;
  if (item.kind === 'status') return `status ${appId} ${item.phoneNumberId} ${item.wamid}`;
  const ids = item.sender?.identifiers ?? [];
  return `message ${appId} ${item.phoneNumberId} ${JSON.stringify(ids)}`;
}

async function ingestGroup(
  ports: Ports,
  group: readonly Journaled[],
  run: IngestRun,
): Promise<number> {
  const [{ item }] = group as readonly [Journaled];
  const channelId = item.phoneNumberId;
  try {
    await ingestFrom(ports, channelId, group, run);
    return 0;
  } catch (error) {
    ports.log.error('ingest.failed', {
      channelId,
      ids: group.map(({ journalId }) => journalId).slice(0, 20),
      error: error instanceof Error ? error.name : 'unknown',
    });
    return (run.again ?? false) && group.length > 1 && !(error instanceof Contended)
      ? ingestOneByOne(ports, group, run)
      : postpone(ports, group);
  }
}

async function ingestFrom(
  ports: Ports,
  channelId: string | null,
  group: readonly Journaled[],
  run: IngestRun,
): Promise<void> {
  // News of an account names no number.
  if (channelId === null) return ingestAccounts(ports, group, new Map());
  const channel = (await findChannels(ports, [channelId])).get(channelId);
  if (!channel) return settle(ports, group, { fate: 'parked', reason: 'unknown-number' });
  if (!vouchesFor(group[0]?.appId ?? '', channel))
    return settle(ports, group, { fate: 'parked', reason: 'foreign-app' });
  return ingestKnown(ports, channelId, channel, group, run);
}

/** One item that can't be processed must not keep those beside it. */
async function ingestOneByOne(
  ports: Ports,
  group: readonly Journaled[],
  run: IngestRun,
): Promise<number> {
  let left = 0;
  for (const one of group) left += await ingestGroup(ports, [one], run);
  return left;
}

async function ingestKnown(
  ports: Ports,
  channelId: string,
  channel: Channel,
  group: readonly Journaled[],
  run: IngestRun,
): Promise<void> {
  const messages = group.filter(
    (one): one is Journaled<MessageItem> => one.item.kind === 'message',
  );
  for (let start = 0; start < messages.length; start += COMMIT_MESSAGES) {
    const slice = messages.slice(start, start + COMMIT_MESSAGES);
    await ingestMessages(ports, channelId, channel, slice, run.again ?? false);
  }
  await ingestAccounts(ports, group, new Map([[channelId, channel]]));
  for (const one of group) {
    if (one.item.kind !== 'status') continue;
    const fate = await ingestStatus(ports, one.journalId, one.item, channel);
    if (fate !== null) await settle(ports, [one], fate);
  }
}
