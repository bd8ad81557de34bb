import { onBeforeUnmount, type ShallowRef } from 'vue';

/**
 * Opens a `<dialog>` over everything and closes it again, at the latest with its component. The focus
 * goes back to where it was.
 */
export function useModal(dialog: Readonly<ShallowRef<HTMLDialogElement | null>>): {
  readonly show: () => void;
  readonly hide: () => void;
} {
  let cameFrom: Element | null = null;

  function show(): void {
    if (dialog.value === null || dialog.value.open) return;
    cameFrom = document.activeElement;
    dialog.value.showModal();
  }

  function hide(): void {
    if (!dialog.value?.open) return;
    dialog.value.close();
    if (cameFrom instanceof HTMLElement && cameFrom.isConnected) cameFrom.focus();
    cameFrom = null;
  }

  onBeforeUnmount(hide);
  return { show, hide };
}
