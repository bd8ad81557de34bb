import { readonly, ref, type DeepReadonly, type Ref } from 'vue';

/** An HTTP date has whole seconds: a clock that is off by less is left alone, ms. */
const TOLERANCE = 2_000;

const behind = ref(0);

/** How far this device's clock is known to be behind the server's, ms; negative where it is ahead. */
export const clockBehind: DeepReadonly<Ref<number>> = readonly(behind);

/** The present by the server's clock, epoch ms: what is compared with times that the server wrote. */
export const serverNow = (): number => Date.now() + behind.value;

/**
 * Compares this device's clock with the server's by the date of an answer. Where none comes, or a
 * cache kept it, what was known before holds.
 */
export async function setClock(): Promise<void> {
  const asked = Date.now();
  try {
    // The worker answers no HEAD, and an address that nobody asked for before lies in no cache.
    const { headers } = await fetch(`/?clock=${asked}`, { method: 'HEAD', cache: 'no-store' });
    if (Number(headers.get('age'))) return;
    const now = Date.now();
    // Written somewhere between question and answer, and cut to the second.
    const off = Date.parse(headers.get('date') ?? '') + 500 - (asked + now) / 2;
    behind.value = Math.abs(off) > TOLERANCE + now - asked ? off : 0;
  } catch {
    // No connection: nothing is sent either.
  }
}
