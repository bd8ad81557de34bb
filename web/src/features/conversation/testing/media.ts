import type { EntryMedia, InboundEntry } from '@switchboard/domain';
import { anInbound } from '@switchboard/domain/testing';
import { shallowRef, type ShallowRef } from 'vue';
import type { MediaAccess, MediaAddress } from '../../../data/media.ts';
import type { Listed } from '../model/rows.ts';

/** What `data/media.ts` answers in tests of bubbles; a test sets it, the mock reads it. */
export const mediaWorld = {
  /** By entry id. */
  addresses: new Map<string, ShallowRef<MediaAddress>>(),
  fresh: true,
  /** What a renewed address becomes. */
  renewed: (address: MediaAddress): MediaAddress => address,
  /** Something lies at the addresses. */
  there: true,
  retried: [] as string[],
  retry: null as Awaited<ReturnType<typeof import('../../../data/media.ts').retryMedia>>,
};

/** Nothing is asked for yet, and every answer is the usual one. */
export function resetMedia(): void {
  mediaWorld.addresses.clear();
  mediaWorld.fresh = true;
  mediaWorld.renewed = (address) => address;
  mediaWorld.there = true;
  mediaWorld.retried = [];
  mediaWorld.retry = null;
}

/** The address of an entry, ready unless a test says otherwise. */
export function addressOf(entryId: string): ShallowRef<MediaAddress> {
  const address =
    mediaWorld.addresses.get(entryId) ??
    shallowRef<MediaAddress>({ state: 'ready', url: `/media/${entryId}`, until: 0 });
  mediaWorld.addresses.set(entryId, address);
  return address;
}

/** Stands in for `data/media.ts`. */
export const testMedia = () => ({
  useMedia: (_: string, entryId: string): MediaAccess => {
    const address = addressOf(entryId);
    return {
      address,
      fresh: () => mediaWorld.fresh,
      async renew() {
        mediaWorld.fresh = true;
        address.value = mediaWorld.renewed(address.value);
      },
    };
  },
  isThere: async () => mediaWorld.there,
  retryMedia: async (conversationId: string, entryId: string) => {
    mediaWorld.retried.push(`${conversationId}/${entryId}`);
    return mediaWorld.retry;
  },
});

/** A message of Marta's with media, stored unless it says otherwise. */
export const withMedia = (
  type: string,
  media: Partial<EntryMedia> = {},
  over: Partial<InboundEntry> & { id?: string } = {},
): Listed<InboundEntry> => {
  const { text: _, ...bare } = anInbound({ type });
  return {
    id: 'a',
    ...bare,
    media: { id: over.id ?? 'a', state: 'stored', size: 212_400, ...media },
    ...over,
  };
};
