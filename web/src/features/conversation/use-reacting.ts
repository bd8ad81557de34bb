import { isAgent } from '@switchboard/domain';
import { computed, inject, type ComputedRef } from 'vue';
import { useI18n } from '../../i18n/index.ts';
import { useToast } from '../../ui/index.ts';
import type { Reaction } from './model/reactions.ts';
import type { MessageEntry } from './model/rows.ts';
import { THREAD_ACTS } from './thread-acts.ts';
import { useRefusal, useWords } from './words.ts';

/** The reader's reactions to one message. */
export interface Reacting {
  /** The reader may react now, and WhatsApp knows the message. */
  readonly may: ComputedRef<boolean>;
  /** The reader's own one that stands there; `null` where there is none. */
  readonly own: ComputedRef<Reaction | null>;
  /** Reacts; an empty text takes the own one back. Says so where it was not queued. */
  readonly react: (emoji: string) => Promise<void>;
}

/** Puts the reader's reaction on a message, or takes it off. */
export function useReacting(
  entry: () => MessageEntry,
  reactions: () => readonly Reaction[],
): Reacting {
  const { t } = useI18n();
  const words = useWords();
  const refusal = useRefusal();
  const toast = useToast();
  const acts = inject(THREAD_ACTS);
  return {
    may: computed(
      () =>
        acts?.mayReply.value === true &&
        entry().wamid !== undefined &&
        // WhatsApp takes none at a reaction (Meta, "Reaction messages").
        entry().type !== 'reaction',
    ),
    own: computed(() => reactions().find(({ author }) => isAgent(author, words.me)) ?? null),
    async react(emoji) {
      const { id, wamid } = entry();
      const content = { emoji, wamid };
      const message = { type: 'reaction', content, contextEntryId: id } as const;
      const result = await acts?.sending.submit(`reaction/${id}`, message);
      if (result && !result.ok)
        toast.show(t('conversation.refused.notSent', { reason: refusal(result.code) }));
    },
  };
}
