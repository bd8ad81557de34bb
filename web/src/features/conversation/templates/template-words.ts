import type { Template } from '@switchboard/domain';
import { useI18n } from '../../../i18n/index.ts';

/** Meta's categories that have a word of their own. */
const CATEGORIES = ['UTILITY', 'MARKETING', 'AUTHENTICATION'] as const;

/** Category and language of templates in the reader's language. */
export function useTemplateWords(): {
  readonly category: (template: Template) => string;
  readonly language: (template: Template) => string;
} {
  const { t, language } = useI18n();
  return {
    category(template) {
      const known = CATEGORIES.find((one) => one === template.category);
      return known ? t(`conversation.template.category.${known}`) : '';
    },
    language(template) {
      try {
        const names = new Intl.DisplayNames([language.value], { type: 'language' });
        return names.of(template.language.replaceAll('_', '-')) ?? template.language;
      } catch {
        return template.language;
      }
    },
  };
}
