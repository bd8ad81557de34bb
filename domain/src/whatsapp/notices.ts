import { asNumber, asObject, asObjects, asText, compact, type Json } from '../shared/read.ts';
import { maskPhone } from '../text/masks.ts';
import type { Content } from './content.ts';

/**
 * What is said of a customer's call that is over: `missed` where nobody took it, for only a call that
 * was taken has a length (Meta, "User-initiated calls"). `seconds` is that length.
 */
export function readCall(call: Json): Content {
  const seconds = asNumber(call['duration']) ?? 0;
  return { content: seconds > 0 ? { kind: 'taken', seconds } : { kind: 'missed' } };
}

/** What may happen to a group (Meta, "Groups API webhooks"). */
export const GROUP_UPDATES = [
  'created',
  'deleted',
  'joined',
  'left',
  'asked',
  'settings',
  'suspended',
  'restored',
  'failed',
  'other',
] as const;
/** One of the {@link GROUP_UPDATES}; `failed` is what was asked of WhatsApp and not done. */
export type GroupUpdate = (typeof GROUP_UPDATES)[number];

const KINDS: ReadonlyMap<string, GroupUpdate> = new Map([
  ['group_create', 'created'],
  ['group_delete', 'deleted'],
  ['group_participants_add', 'joined'],
  ['group_participants_remove', 'left'],
  ['group_join_request_created', 'asked'],
  ['group_settings_update', 'settings'],
  ['group_suspend', 'suspended'],
  ['group_suspend_cleared', 'restored'],
]);

/** Reads a member of `groups[]`; `name` is the group's subject from now on, where it tells one. */
export function readGroupUpdate(group: Json): Content & { readonly name: string | null } {
  const subject = asObject(group['group_subject']);
  const name = asText(group['subject']) ?? asText(subject?.['text']);
  const failed = asObjects(group['errors']).length > 0;
  const refused = failed || subject?.['update_successful'] === false;
  return {
    name: refused ? null : (name ?? null),
    content: compact({
      kind: failed ? 'failed' : kindOf(group),
      subject: refused ? undefined : name,
      who: whoIn(group),
    }),
  };
}

/** Meta's own examples give who left under the type of a creation: the list says more than the type. */
function kindOf(group: Json): GroupUpdate {
  if (asObjects(group['removed_participants']).length > 0) return 'left';
  return KINDS.get(asText(group['type']) ?? '') ?? 'other';
}

/** Masked numbers of those who came or left. */
function whoIn(group: Json): readonly string[] | undefined {
  const people = ['added_participants', 'removed_participants'].flatMap((name) =>
    asObjects(group[name]),
  );
  const numbers = people.flatMap((one) => asText(one['wa_id']) ?? asText(one['input']) ?? []);
  const masked = numbers.map((number) => maskPhone(number.replace(/\D/g, '')));
  return masked.length > 0 ? masked : undefined;
}
