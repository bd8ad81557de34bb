import { useI18n } from '../../../i18n/index.ts';
import type { PlainContent } from '../model/plain-content.ts';

/** What a kind of message is called. */
export function useTypeName(): (content: Pick<PlainContent, 'name' | 'type'>) => string {
  const { t } = useI18n();
  return ({ name, type }) =>
    name === 'other'
      ? t('conversation.types.other', { type: type.slice(0, 40) })
      : t(`conversation.types.${name}`);
}
