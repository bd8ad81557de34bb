import { onBeforeUnmount, watch } from 'vue';
import type { ConversationRow } from '../../data/conversations.ts';
import { useI18n } from '../../i18n/index.ts';
import { useToast } from '../../ui/index.ts';

/** What can be taken back: the words that say it happened, and how. */
export interface Undoable {
  readonly text: string;
  /** The conversation as it was before. */
  readonly before: ConversationRow;
  readonly undo: () => Promise<boolean>;
}

/**
 * Notices with Undo. One is withdrawn as soon as something came after the act: another holder, or the
 * customer's next case. `problem` says why the last wish was refused.
 */
export function useUndo(
  conversation: () => ConversationRow | null,
  problem: () => string | null,
): (act: Undoable) => void {
  const { t } = useI18n();
  const toast = useToast();
  let offered: { readonly notice: number; readonly before: ConversationRow } | null = null;
  let left = false;
  onBeforeUnmount(() => (left = true));

  watch(conversation, (now) => {
    if (offered === null || now === null) return;
    const { before, notice } = offered;
    const latest =
      now.assignment.version <= before.assignment.version + 1 &&
      now.caseNumber === before.caseNumber;
    if (latest) return;
    toast.dismiss(notice);
    offered = null;
  });

  return ({ text, before, undo }) => {
    const run = async (): Promise<void> => {
      const done = await undo();
      // On its own screen the conversation says why not.
      if (!done && left) toast.show(problem() ?? t('refusals.stale'));
    };
    const action = { label: t('conversation.action.undo'), run: () => void run() };
    offered = { notice: toast.show(text, { action }), before };
  };
}
