import { computed, inject, ref, type ComputedRef, type Ref } from 'vue';
import { isThere, useMedia } from '../../../../data/media.ts';
import { useI18n } from '../../../../i18n/index.ts';
import { THREAD_ID } from '../../thread-id.ts';
import { useRefusal } from '../../words.ts';

/** Stored media on its way to the screen. */
export interface Stored {
  readonly url: ComputedRef<string | undefined>;
  /** Of its small picture, where it has one, else of itself. */
  readonly small: ComputedRef<string | undefined>;
  /** Why it is not to be had now, as a sentence. */
  readonly trouble: ComputedRef<string | null>;
  /** It came, and this browser can make nothing of it. */
  readonly unusable: Readonly<Ref<boolean>>;
  readonly fresh: () => boolean;
  readonly renew: () => Promise<void>;
  /** For a person who wants it tried again. */
  readonly again: () => Promise<void>;
  /** For an element that could not load what is at `url`. */
  readonly failed: () => Promise<void>;
  /** As `failed`, of `small`: without it the picture itself is shown. */
  readonly smallFailed: () => Promise<void>;
}

/**
 * Stored media by its id, since several messages may carry the same: of a conversation, or of the one
 * whose thread a component stands in.
 */
export function useStored(mediaId: string, conversationId: string = inject(THREAD_ID, '')): Stored {
  const { t } = useI18n();
  const refusal = useRefusal();
  const { address, fresh, renew } = useMedia(conversationId, mediaId);
  const url = computed(() => (address.value.state === 'ready' ? address.value.url : undefined));
  /** What lies at the small picture's address is none. */
  const noSmall = ref(false);
  const small = computed(() =>
    address.value.state === 'ready' && !noSmall.value
      ? (address.value.small ?? address.value.url)
      : url.value,
  );
  const unusable = ref(false);
  const lost = ref(false);
  return {
    url,
    small,
    unusable,
    fresh,
    renew,
    trouble: computed(() => {
      if (lost.value) return t('conversation.media.lost');
      if (address.value.state !== 'refused') return null;
      const { code } = address.value;
      return code === 'offline' ? t('conversation.media.offline') : refusal(code);
    }),
    async again() {
      await renew();
      unusable.value = lost.value = false;
    },
    failed,
    async smallFailed() {
      const tried = small.value;
      if (tried === url.value) return failed();
      await renew();
      if (small.value === tried) noSmall.value = true;
    },
  };

  // An old address was refused, the server was busy, or the bytes are at fault. An element does not
  // tell; a new address and a look at what is there do.
  async function failed(): Promise<void> {
    const tried = url.value;
    await renew();
    if (tried === undefined || url.value !== tried) return;
    if (await isThere(tried)) unusable.value = true;
    else lost.value = true;
  }
}
