import { onBeforeUnmount, onMounted } from 'vue';
import type { Mode } from './model/composer-mode.ts';

interface Keys {
  readonly write: (half: Mode) => void;
  readonly back: () => void;
}

/** True where a letter is text or belongs to something that is open above the thread. */
function taken(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open], [role=menu]')) return true;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** The keys of a thread: R replies, N notes, Escape goes back to the list. */
export function useThreadKeys({ write, back }: Keys): void {
  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.isComposing || taken(event.target)) return;
    const act = {
      r: () => write('reply'),
      n: () => write('note'),
      Escape: back,
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
  onMounted(() => document.addEventListener('keydown', onKey));
  onBeforeUnmount(() => document.removeEventListener('keydown', onKey));
}
