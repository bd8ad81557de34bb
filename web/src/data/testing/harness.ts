import { effectScope, type EffectScope } from 'vue';

/** Runs a composable as a component would; `stop` is its unmounting. */
export function mounted<T>(run: () => T): { readonly value: T; readonly stop: () => void } {
  const scope: EffectScope = effectScope(true);
  const made = scope.run(() => ({ value: run() }));
  if (!made) throw new Error('A scope runs what it is given.');
  return { value: made.value, stop: () => scope.stop() };
}
