import { allTexts, useI18n } from './i18n/index.ts';
import { OPENED } from './sw/paths.ts';
import { useToast } from './ui/toast.ts';

/**
 * Registers the service worker. A new version waits behind a quiet notice: it never reloads by
 * itself, so nothing that somebody is typing is lost.
 */
export async function register(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  let registration: ServiceWorkerRegistration;
  try {
    registration = await navigator.serviceWorker.register('/sw.js', { scope: '/' });
  } catch {
    // Without a worker the app works online; the next visit tries again.
    return;
  }
  void keepTexts();
  if (registration.waiting) offer(registration);
  registration.addEventListener('updatefound', () => watchInstall(registration));
  // Tabs of an inbox stay open for days; coming back to one is when to look.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') registration.update().catch(() => undefined);
  });
}

/**
 * Keeps the texts of what is opened on demand, of this person's language alone: without a connection, and
 * beside a newer version on the server, they could not be had any more.
 */
async function keepTexts(): Promise<void> {
  try {
    await allTexts();
    await navigator.serviceWorker.ready;
    // On the first visit the worker has not had the page in its hands, and saw nothing of them.
    if (navigator.serviceWorker.controller !== null) return;
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    const kept = await caches.open(OPENED);
    await kept.addAll(loaded.filter((url) => url.includes('/assets/_messages-')));
  } catch {
    // They come with the first part that needs them.
  }
}

function watchInstall(registration: ServiceWorkerRegistration): void {
  const { installing } = registration;
  installing?.addEventListener('statechange', () => {
    // Without a controller it is the first installation: nothing to replace.
    const replaces =
      installing.state === 'installed' && navigator.serviceWorker.controller !== null;
    if (replaces) offer(registration);
  });
}

function offer(registration: ServiceWorkerRegistration): void {
  const { t } = useI18n();
  useToast().show(t('app.newVersion'), {
    stays: true,
    action: {
      label: t('app.reload'),
      run: () => {
        const reload = () => location.reload();
        // Another tab may have let it in already.
        if (registration.waiting === null) return reload();
        navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true });
        registration.waiting.postMessage({ type: 'activate' });
      },
    },
  });
}
