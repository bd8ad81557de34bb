import { ACCESS_LIMIT, type RefusalCode } from '@switchboard/domain';
import { shallowRef, watch, type ShallowRef } from 'vue';
import { media, type MediaResult } from './callables.ts';
import { serverNow } from './clock.ts';
import { useConnection } from './connection.ts';
import { onSessionEnd } from './session.ts';

/** What is asked for within this travels in one call, ms: the rows of a screen come within two frames. */
export const TOGETHER = 30;
/** An address is old this long before its end, ms: what is begun with it should come to an end, too. */
export const BEFORE_END = 60_000;

/** Where an entry's media is got. `until` is epoch ms by the server's clock. */
export type MediaAddress =
  | { readonly state: 'asking' }
  | {
      readonly state: 'ready';
      readonly url: string;
      /** Of its small picture, where it has one. */
      readonly small?: string | undefined;
      readonly until: number;
    }
  | { readonly state: 'refused'; readonly code: RefusalCode };

/** One file of a conversation, the same for all that ask while the session lasts. */
export interface MediaAccess {
  readonly address: Readonly<ShallowRef<MediaAddress>>;
  /** True while the address will hold for what is begun with it now. */
  readonly fresh: () => boolean;
  /** Asks again. Meanwhile an address that was there stays; never rejects. */
  readonly renew: () => Promise<void>;
}

interface Known {
  readonly address: ShallowRef<MediaAddress>;
  asked: Promise<void> | null;
}

/** What one session knows and is about to ask; replaced as a whole when it ends. */
interface Memory {
  readonly known: Map<string, Known>;
  /** By conversation: the entries of the next call, and when it is answered. */
  readonly next: Map<string, { readonly entryIds: Set<string>; readonly answered: Promise<void> }>;
}
const nothing = (): Memory => ({ known: new Map(), next: new Map() });
let memory = nothing();
onSessionEnd(() => {
  memory = nothing();
});

const keyOf = (conversationId: string, entryId: string): string => `${conversationId}/${entryId}`;

/** Anything but a path of our own is no address: the rest of the web is never asked for media. */
function addressIn(result: MediaResult, entryId: string): MediaAddress {
  if (result.code !== 'ok') return { state: 'refused', code: result.code };
  const url = ours(result.addresses[entryId]);
  return url === undefined
    ? { state: 'refused', code: 'not-found' }
    : { state: 'ready', url, small: ours(result.thumbnails?.[entryId]), until: result.until };
}

const ours = (url: string | undefined): string | undefined =>
  url?.startsWith('/media/') ? url : undefined;

async function access(of: Memory, conversationId: string, entryIds: string[]): Promise<void> {
  const result = await media({ type: 'access', conversationId, entryIds });
  for (const entryId of entryIds) {
    const known = of.known.get(keyOf(conversationId, entryId));
    if (known) known.address.value = addressIn(result, entryId);
  }
}

/** Opens the call that takes along whatever is asked of this conversation in a moment. */
function open(of: Memory, conversationId: string) {
  const entryIds = new Set<string>();
  const answered = new Promise((resolve) => setTimeout(resolve, TOGETHER)).then(async () => {
    of.next.delete(conversationId);
    // Whoever asked is gone: another person's token answers nothing of theirs.
    if (of !== memory) return;
    const all = [...entryIds];
    const calls = Math.ceil(all.length / ACCESS_LIMIT);
    await Promise.all(
      Array.from({ length: calls }, (_, index) =>
        access(of, conversationId, all.slice(index * ACCESS_LIMIT, (index + 1) * ACCESS_LIMIT)),
      ),
    );
  });
  const call = { entryIds, answered };
  of.next.set(conversationId, call);
  return call;
}

function ask(known: Known, conversationId: string, entryId: string): Promise<void> {
  if (known.address.value.state !== 'ready') known.address.value = { state: 'asking' };
  const call = memory.next.get(conversationId) ?? open(memory, conversationId);
  call.entryIds.add(entryId);
  known.asked ??= call.answered.finally(() => {
    known.asked = null;
  });
  return known.asked;
}

const isFresh = (address: MediaAddress): boolean =>
  address.state === 'ready' && serverNow() < address.until - BEFORE_END;

/**
 * A file of a conversation by its id, which is that of the entry that first had it: asked for now unless its address is known and fresh, together with all that
 * is asked of the conversation in the same moment, and again when the connection is back.
 */
export function useMedia(conversationId: string, mediaId: string): MediaAccess {
  const key = keyOf(conversationId, mediaId);
  const known: Known = memory.known.get(key) ?? {
    address: shallowRef<MediaAddress>({ state: 'asking' }),
    asked: null,
  };
  memory.known.set(key, known);
  const fresh = (): boolean => isFresh(known.address.value);
  const renew = (): Promise<void> => known.asked ?? ask(known, conversationId, mediaId);
  if (!fresh()) void renew();
  watch(useConnection().truth, (truth) => {
    const { value } = known.address;
    if (truth !== 'offline' && value.state === 'refused' && value.code === 'offline') void renew();
  });
  return { address: known.address, fresh, renew };
}

/** Has media that was given up tried again; answers why not, or `null`. The entry tells the rest. */
export async function retryMedia(
  conversationId: string,
  entryId: string,
): Promise<RefusalCode | null> {
  const { code } = await media({ type: 'retry', conversationId, entryId });
  return code === 'ok' ? null : code;
}

/** True where an address of media answers with it; its first byte is enough. */
export async function isThere(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { headers: { range: 'bytes=0-0' } });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
