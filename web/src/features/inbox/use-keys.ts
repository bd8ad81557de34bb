import { onBeforeUnmount, onMounted } from 'vue';

/** What the inbox does by keyboard. */
export interface KeyActions {
  /** To the next row (1) or the one before (-1). */
  readonly move: (step: 1 | -1) => void;
  /** To the list at this place, from 0. */
  readonly list: (index: number) => void;
  readonly help: () => void;
}

const EDITABLE = 'input, textarea, select, [contenteditable]:not([contenteditable="false"])';

/** True where a letter is text, or belongs to something that lies above the list. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target;
  if (target instanceof Element && target.closest(EDITABLE)) return true;
  return document.querySelector('dialog[open], [role=menu]') !== null;
}

/** Single keys of the inbox, while the component is there. */
export function useKeys(actions: KeyActions): void {
  const onKey = (event: KeyboardEvent): void => {
    if (isTaken(event)) return;
    const key = event.key.toLowerCase();
    if (key === 'j') actions.move(1);
    else if (key === 'k') actions.move(-1);
    else if (key === '?') actions.help();
    else if (/^[1-4]$/.test(key)) actions.list(Number(key) - 1);
    else return;
    event.preventDefault();
  };
  onMounted(() => window.addEventListener('keydown', onKey));
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey));
}
