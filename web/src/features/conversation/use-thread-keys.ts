import { onBeforeUnmount, onMounted } from 'vue';
import type { Mode } from './model/composer-mode.ts';

interface Keys {
  readonly write: (half: Mode) => void;
  readonly back: () => void;
  /** Where it is offered; else nothing happens. */
  readonly act: (name: 'resolve' | 'assign') => void;
  /** The conversation that is open. */
  readonly id: () => string;
}

/** True where a letter is text or belongs to something that is open above the thread. */
function taken(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open], [role=menu]')) return true;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** True where the keyboard is at the row of another conversation: what is done then is not meant here. */
function elsewhere(target: EventTarget | null, id: string): boolean {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return row !== null && row.dataset['row'] !== id;
}

/** The keys of a thread: R replies, N notes, E resolves, T assigns, Escape goes back to the list. */
export function useThreadKeys({ write, back, act, id }: Keys): void {
  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.isComposing || taken(event.target)) return;
    const actHere = (name: 'resolve' | 'assign'): void => {
      if (!elsewhere(event.target, id())) act(name);
    };
    const does = {
      r: () => write('reply'),
      n: () => write('note'),
      e: () => actHere('resolve'),
      t: () => actHere('assign'),
      Escape: back,
    }[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  }
  onMounted(() => document.addEventListener('keydown', onKey));
  onBeforeUnmount(() => document.removeEventListener('keydown', onKey));
}
