import { readonly, ref, type DeepReadonly, type Ref } from 'vue';

/** An HTTP date has whole seconds: a clock that is off by less is left alone, ms. */
const TOLERANCE = 2_000;

const behind = ref(0);

/** How far this device's clock is known to be behind the server's, ms; negative where it is ahead. */
export const clockBehind: DeepReadonly<Ref<number>> = readonly(behind);

/** The present by the server's clock, epoch ms: what is compared with times that the server wrote. */
export const serverNow = (): number => Date.now() + behind.value;

/**
 * Compares this device's clock with the server's by the date of an answer. Where there is none, or a
 * cache kept it, what was known before holds.
 */
export async function setClock(): Promise<void> {
  const asked = performance.now();
  try {
    // The worker answers no HEAD, and an address that nobody asked for before lies in no cache.
    const address = `/?clock=${crypto.randomUUID()}`;
    const { headers } = await fetch(address, { method: 'HEAD', cache: 'no-store' });
    const doubt = (performance.now() - asked) / 2;
    const date = Date.parse(headers.get('date') ?? '');
    if (Number.isNaN(date) || Number(headers.get('age')) > 0) return;
    const off = Math.round(date + 500 + doubt - Date.now());
    behind.value = Math.abs(off) > TOLERANCE + doubt ? off : 0;
  } catch {
    // No connection: nothing is sent either.
  }
}
