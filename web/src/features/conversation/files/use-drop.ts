import { onBeforeUnmount, onMounted, ref, type DeepReadonly, type Ref } from 'vue';

/** Files that are dragged over `area`, dropped on it, or pasted in it. */
export function useDrop(
  area: () => Element | null | undefined,
  onFiles: (files: readonly File[]) => void,
): DeepReadonly<Ref<boolean>> {
  const over = ref(false);
  let around: Element | null | undefined = null;

  const filesOf = (data: DataTransfer | null): readonly File[] => [...(data?.files ?? [])];
  const carries = (data: DataTransfer | null): boolean => data?.types.includes('Files') ?? false;

  const listeners: Readonly<Record<string, (event: DragEvent) => void>> = {
    dragover(event) {
      if (!carries(event.dataTransfer)) return;
      event.preventDefault();
      over.value = true;
    },
    dragleave(event) {
      // It also leaves each part for the next.
      if (!around?.contains(event.relatedTarget as Node | null)) over.value = false;
    },
    drop(event) {
      over.value = false;
      if (!carries(event.dataTransfer)) return;
      event.preventDefault();
      onFiles(filesOf(event.dataTransfer));
    },
  };
  function onPaste(event: ClipboardEvent): void {
    const files = filesOf(event.clipboardData);
    // Office programs put a picture of the text beside it: the text is meant.
    const text = event.clipboardData?.types.includes('text/plain') ?? false;
    if (files.length === 0 || text) return;
    event.preventDefault();
    onFiles(files);
  }

  onMounted(() => {
    around = area();
    for (const [name, listener] of Object.entries(listeners))
      around?.addEventListener(name, listener as EventListener);
    around?.addEventListener('paste', onPaste as EventListener);
  });
  onBeforeUnmount(() => {
    for (const [name, listener] of Object.entries(listeners))
      around?.removeEventListener(name, listener as EventListener);
    around?.removeEventListener('paste', onPaste as EventListener);
  });
  return over;
}
