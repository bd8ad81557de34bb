import { watch } from 'vue';

/** Resolves as soon as a reactive condition holds. */
export const watchUntil = (condition: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const stop = watch(
      condition,
      (holds) => {
        if (!holds) return;
        queueMicrotask(() => stop());
        resolve();
      },
      { immediate: true },
    );
  });
