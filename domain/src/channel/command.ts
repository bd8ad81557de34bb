import * as v from 'valibot';
import type { Channel } from '../documents/channel.ts';
import { channelPath } from '../paths.ts';
import type { Person } from '../permissions/permissions.ts';
import { update, type Write } from '../shared/plan.ts';
import type { RefusalCode } from '../shared/refusal.ts';
import { RECEIPT_POLICIES } from '../whatsapp/receipt.ts';

const channelId = v.pipe(v.string(), v.regex(/^\d{1,32}$/));

/**
 * What the callable `channel` takes: an admin changes how a number behaves toward customers, or has its
 * templates asked of Meta at once.
 */
export const channelCommandSchema = v.variant('type', [
  v.object({
    type: v.literal('set'),
    channelId,
    receipts: v.optional(v.picklist(RECEIPT_POLICIES)),
    namesAgents: v.optional(v.boolean()),
  }),
  v.object({ type: v.literal('syncTemplates'), channelId }),
]);
/** A command that fits {@link channelCommandSchema}. Each sets a state, so a repeat does no harm. */
export type ChannelCommand = v.InferOutput<typeof channelCommandSchema>;

/** Why this person may not; `null` where they may. Templates are also a supervisor's to bring. */
export function refusesChannel(
  { role, active }: Pick<Person, 'role' | 'active'>,
  type: ChannelCommand['type'],
): RefusalCode | null {
  const entitled = role === 'admin' || (type === 'syncTemplates' && role === 'supervisor');
  if (!entitled) return 'not-permitted';
  return active ? null : 'deactivated';
}

/** Writes for what is new of a number's settings. */
export function decideChannel(
  { channelId: id, receipts, namesAgents }: Extract<ChannelCommand, { type: 'set' }>,
  channel: Channel,
): readonly Write[] {
  const fields = {
    ...(receipts === undefined || receipts === channel.receipts ? {} : { receipts }),
    ...(namesAgents === undefined || namesAgents === channel.namesAgents ? {} : { namesAgents }),
  };
  return Object.keys(fields).length === 0 ? [] : [update(channelPath(id), fields)];
}
