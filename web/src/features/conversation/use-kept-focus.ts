import { watch, type Ref } from 'vue';

/**
 * Where a change takes away the control that has the focus (Take, once it is taken), the focus goes to
 * `refuge` instead of nowhere. `changes` is what may take controls away.
 */
export function useKeptFocus(
  root: Readonly<Ref<HTMLElement | null>>,
  changes: () => unknown,
  refuge: () => void,
): void {
  let inside = false;
  watch(changes, () => (inside = root.value?.contains(document.activeElement) ?? false));
  watch(changes, () => inside && document.activeElement === document.body && refuge(), {
    flush: 'post',
  });
}
