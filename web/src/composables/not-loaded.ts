import { useI18n } from '../i18n/index.ts';
import { useToast } from '../ui/toast.ts';

/**
 * Says that a part of the app can't be loaded: offline and never opened before, or replaced by a newer
 * version.
 */
export function sayNotLoaded(): void {
  const { t } = useI18n();
  useToast().show(t('app.notLoaded'), {
    stays: true,
    action: { label: t('app.reload'), run: () => location.reload() },
  });
}
