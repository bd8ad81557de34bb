import { computed, type ComputedRef, type Ref } from 'vue';
import { useI18n } from '../../i18n/index.ts';
import type { Mode } from './model/composer-mode.ts';
import type { ComposerState } from './model/composer-state.ts';
import type { Sending } from './use-sending.ts';
import { useRefusal, useWords } from './words.ts';

/** What the composer says around its box. */
export interface ComposerWords {
  /** Who will hear, above the box. */
  readonly to: ComputedRef<string>;
  /** Within the empty box. */
  readonly hint: ComputedRef<string>;
  /** Why what was just written did not leave, and what to do; `null` where nothing went wrong. */
  readonly problem: ComputedRef<string | null>;
}

/** Says who hears what is written in this half, and what became of the last try. */
export function useComposerWords(
  mode: Readonly<Ref<Mode>>,
  { state, sending }: { state: () => ComposerState; sending: Sending },
): ComposerWords {
  const { t } = useI18n();
  const words = useWords();
  const refusal = useRefusal();

  const name = (): string => words.customer.value;
  /** A colleague has it: the note is for them. */
  const holder = computed(() => {
    const { reply } = state();
    return !reply.open && reply.why === 'held'
      ? { name: words.author(reply.holder), time: words.moment(reply.since) }
      : null;
  });
  return {
    to: computed(() => {
      if (mode.value === 'reply') return t('conversation.composer.replyTo', { name: name() });
      return holder.value
        ? t('conversation.composer.held', holder.value)
        : t('conversation.composer.noteTo');
    }),
    hint: computed(() => {
      if (mode.value === 'reply') return t('conversation.composer.replyHint', { name: name() });
      return holder.value
        ? t('conversation.composer.noteHintHolder', { name: holder.value.name })
        : t('conversation.composer.noteHint');
    }),
    problem: computed(() => {
      const found = sending.problem.value;
      if (found?.kind !== mode.value) return null;
      if (found.code === 'unknown') return t('conversation.refused.sendUnknown');
      const which = mode.value === 'reply' ? 'notSent' : 'notSaved';
      return t(`conversation.refused.${which}`, { reason: refusal(found.code) });
    }),
  };
}
