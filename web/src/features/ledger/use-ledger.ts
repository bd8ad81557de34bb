import type { RefusalCode } from '@switchboard/domain';
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue';
import { useConnection } from '../../data/connection.ts';
import { ledger, type LedgerBook } from '../../data/ledger.ts';
import { useSession } from '../../data/session.ts';

/** Whoever comes back to the screen after this long sees it read anew, ms. */
export const STALE_AFTER = 60_000;

const SHUT_OUT: readonly (RefusalCode | null)[] = ['not-permitted', 'not-signed-in', 'deactivated'];

/** The ledger as it was last read, and how that went. */
export function useLedger() {
  const { person } = useSession();
  const { truth } = useConnection();
  const book = shallowRef<LedgerBook | null>(null);
  const refused = ref<RefusalCode | null>(null);
  const reading = ref(false);
  let turn = 0;
  let askedAt = 0;

  const denied = computed(() => person.value?.role !== 'admin' || SHUT_OUT.includes(refused.value));
  const state = computed(() => {
    if (denied.value) return 'denied';
    if (book.value !== null) return 'ready';
    if (refused.value === null) return 'loading';
    return refused.value === 'offline' ? 'offline' : 'failed';
  });

  async function read(): Promise<void> {
    const mine = (turn += 1);
    askedAt = Date.now();
    reading.value = true;
    const answer = await ledger({ type: 'read' });
    // What was asked later knows more.
    if (mine !== turn) return;
    reading.value = false;
    refused.value = answer.code === 'ok' ? null : answer.code;
    if (answer.code === 'ok') book.value = answer;
  }

  function lookAgain(): void {
    const seen = document.visibilityState === 'visible';
    if (seen && !denied.value && Date.now() - askedAt >= STALE_AFTER) void read();
  }

  window.addEventListener('focus', lookAgain);
  document.addEventListener('visibilitychange', lookAgain);
  onScopeDispose(() => {
    turn += 1;
    window.removeEventListener('focus', lookAgain);
    document.removeEventListener('visibilitychange', lookAgain);
  });
  watch(truth, (now) => {
    if (now === 'live' && refused.value === 'offline') void read();
  });
  if (!denied.value) void read();

  return { book, state, refused, reading, truth, read };
}
