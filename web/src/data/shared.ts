import { effectScope, getCurrentScope, onScopeDispose, type EffectScope } from 'vue';

/** One instance of a composable for all that use it at the same time; it ends with the last of them. */
export function shared<T>(make: () => T): () => T {
  let users = 0;
  let live: { readonly scope: EffectScope; readonly value: T } | null = null;
  const open = (): { readonly scope: EffectScope; readonly value: T } => {
    const scope = effectScope(true);
    const made = scope.run(() => ({ value: make() }));
    if (!made) throw new Error('A scope runs what it is given.');
    return { scope, value: made.value };
  };
  return () => {
    live ??= open();
    const { scope, value } = live;
    users += 1;
    if (getCurrentScope())
      onScopeDispose(() => {
        users -= 1;
        if (users > 0) return;
        scope.stop();
        live = null;
      });
    return value;
  };
}
