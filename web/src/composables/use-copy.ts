import { useI18n } from '../i18n/index.ts';
import { useToast } from '../ui/index.ts';

/** Puts a text on the clipboard, and says whether it is there. */
export function useCopy(): (text: string) => Promise<void> {
  const { t } = useI18n();
  const toast = useToast();
  return async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      toast.show(t('conversation.done.copied'));
    } catch {
      toast.show(t('conversation.done.notCopied'));
    }
  };
}
