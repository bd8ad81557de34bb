/** Works through a list with at most `width` at the same time, in its order. The first failure ends it. */
export async function sideBySide<T>(
  width: number,
  list: readonly T[],
  work: (one: T) => Promise<void>,
): Promise<void> {
  const rest = list.values();
  const worker = async (): Promise<void> => {
    for (const one of rest) await work(one);
  };
  await Promise.all(Array.from({ length: Math.min(width, list.length) }, worker));
}
