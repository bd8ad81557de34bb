import { shallowReactive } from 'vue';
import { release, take, type ActionResult } from '../../data/actions.ts';
import type { ConversationRow } from '../../data/conversations.ts';
import { findName } from '../../data/people.ts';
import { useI18n } from '../../i18n/index.ts';
import { useToast } from '../../ui/index.ts';
import { customerName } from './row-view.ts';

/** Taking and releasing from a list; what came of it is said in a notice. */
export function useActing() {
  const { t } = useI18n();
  const { show } = useToast();
  /** Conversations whose answer is awaited: "taking", never "yours". */
  const busy = shallowReactive(new Set<string>());

  /** Somebody else was faster, or why it was refused; `key` says what did not happen. */
  async function refused(
    result: Extract<ActionResult, { ok: false }>,
    name: string,
    key: 'inbox.notTaken' | 'inbox.notReleased',
  ): Promise<string> {
    const { code, holder } = result;
    if (code === 'unknown') return t('inbox.unclear');
    if (code !== 'already-held') return t(key, { name, reason: t(`refusals.${code}`) });
    const colleague = holder?.kind === 'agent' ? await findName(holder.id) : undefined;
    return colleague === undefined
      ? t('inbox.fasterSomeone', { name })
      : t('inbox.faster', { holder: colleague, name });
  }

  async function act(row: ConversationRow, perform: typeof take): Promise<ActionResult | null> {
    if (busy.has(row.id)) return null;
    busy.add(row.id);
    return perform(row).finally(() => busy.delete(row.id));
  }

  return {
    busy,
    /** True where it is this person's now; why not is said. */
    async takeRow(row: ConversationRow): Promise<boolean> {
      const result = await act(row, take);
      if (result === null) return false;
      if (!result.ok) show(await refused(result, customerName(row, t), 'inbox.notTaken'));
      return result.ok;
    },
    /** For a Take whose conversation is not on the screen. */
    sayTaken: (row: ConversationRow) => show(t('inbox.taken', { name: customerName(row, t) })),
    async releaseRow(row: ConversationRow): Promise<void> {
      const result = await act(row, release);
      if (result === null) return;
      const name = customerName(row, t);
      show(
        result.ok
          ? t('inbox.released', { name })
          : await refused(result, name, 'inbox.notReleased'),
      );
    },
  };
}
