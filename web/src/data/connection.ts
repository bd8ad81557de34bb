import { draftPath } from '@switchboard/domain';
import { readonly, ref, type DeepReadonly, type Ref } from 'vue';
import { setClock } from './clock.ts';
import { openStore } from './store.ts';

/**
 * - `live`: the server has confirmed what is on the screen.
 * - `behind`: it has not, for a moment.
 * - `offline`: the device has no connection, or the server has not answered for {@link OFFLINE_AFTER}.
 */
export type Truth = 'live' | 'behind' | 'offline';

/** Silence that counts as offline, ms. The SDK's own patience is as long. */
export const OFFLINE_AFTER = 10_000;
/** A connection that looks alive is asked again after this long without a sign of life, ms. */
export const ASK_AFTER = 60_000;
/** A question unanswered for this long is a doubt, ms. */
export const DOUBT_AFTER = 4_000;

/** What is known about the connection. */
export interface Signals {
  /** What the device says. `true` proves nothing. */
  readonly online: boolean;
  /** Since when the server has confirmed nothing, epoch ms; `null` while it does. */
  readonly unprovenSince: number | null;
}

/** What the signals amount to at `now`. */
export function truthOf(signals: Signals, now: number): Truth {
  if (!signals.online) return 'offline';
  if (signals.unprovenSince === null) return 'live';
  return now - signals.unprovenSince < OFFLINE_AFTER ? 'behind' : 'offline';
}

const truth = ref<Truth>('behind');
const since = ref<number | null>(null);

let signals: Signals = { online: true, unprovenSince: null };
let provenAt: number | null = null;
let turn: ReturnType<typeof setTimeout> | undefined;

function apply(next: Signals): void {
  const now = Date.now();
  if (truth.value === 'live') since.value = next.unprovenSince ?? now;
  signals = next;
  truth.value = truthOf(signals, now);
  if (truth.value === 'live') since.value = null;
  clearTimeout(turn);
  if (truth.value === 'behind') turn = setTimeout(() => apply(signals), OFFLINE_AFTER);
}

/** A listener on the person's own document heard something: the server's word, or only the cache's. */
export function heard(fromCache: boolean): void {
  if (!fromCache) provenAt = Date.now();
  const unprovenSince = fromCache ? (signals.unprovenSince ?? Date.now()) : null;
  apply({ online: navigator.onLine, unprovenSince });
}

/** True where nothing can reach the server now: acts that need it are refused at once. */
export const isOffline = (): boolean => !navigator.onLine || truth.value === 'offline';

/**
 * What the server is asked for: a draft of no conversation. The SDK answers a question about a
 * document that is listened to from memory, as long as it believes in its connection itself.
 */
const NO_CONVERSATION = '-';

/** Asks the server, and doubts the connection while no answer comes. */
async function ask(uid: string): Promise<void> {
  const askedAt = Date.now();
  const doubt = setTimeout(
    () => apply({ online: navigator.onLine, unprovenSince: askedAt }),
    DOUBT_AFTER,
  );
  try {
    const store = await openStore();
    await store.readServer(draftPath(uid, NO_CONVERSATION));
    heard(false);
  } catch {
    heard(true);
  } finally {
    clearTimeout(doubt);
  }
}

/**
 * Watches the connection of a signed-in person until the answer is called: the device's own events,
 * and a question to the server after a silence, on waking up and on coming back online. Then its clock
 * is asked for, too.
 */
export function watchConnection(uid: string): () => void {
  const offline = (): void => apply({ ...signals, online: false });
  const online = (): void => {
    apply({ online: true, unprovenSince: Date.now() });
    void ask(uid);
    void setClock();
  };
  const visible = (): void => {
    if (document.visibilityState !== 'visible' || !navigator.onLine) return;
    void ask(uid);
    void setClock();
  };
  const silence = setInterval(() => {
    const quiet = provenAt === null || Date.now() - provenAt >= ASK_AFTER;
    if (quiet && document.visibilityState === 'visible' && navigator.onLine) void ask(uid);
  }, ASK_AFTER / 4);
  window.addEventListener('offline', offline);
  window.addEventListener('online', online);
  document.addEventListener('visibilitychange', visible);
  apply({ online: navigator.onLine, unprovenSince: Date.now() });
  void setClock();
  return () => {
    clearInterval(silence);
    clearTimeout(turn);
    window.removeEventListener('offline', offline);
    window.removeEventListener('online', online);
    document.removeEventListener('visibilitychange', visible);
  };
}

/** The truth light: how far the screen can be trusted, and since when it can't (epoch ms). */
export function useConnection(): {
  readonly truth: DeepReadonly<Ref<Truth>>;
  readonly since: DeepReadonly<Ref<number | null>>;
} {
  return { truth: readonly(truth), since: readonly(since) };
}
