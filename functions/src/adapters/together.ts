/** Documents of one call: Firestore bounds a request by its bytes, and answers one by one. */
const LARGEST_CALL = 500;

interface Asked<K, V> {
  readonly keys: readonly K[];
  readonly answer: (values: readonly V[]) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Lets reads that are asked for in the same turn of the event loop travel as one call: most of what
 * a small read costs is its call. `load` answers the values of its keys in their order. A call that
 * fails is made again for each who asked, so that one asker's fault is not the others'.
 */
export function together<K, V>(
  load: (keys: readonly K[]) => Promise<readonly V[]>,
): (keys: readonly K[]) => Promise<readonly V[]> {
  let waiting: Asked<K, V>[] = [];
  let size = 0;
  const send = (): void => {
    const asked = waiting;
    waiting = [];
    size = 0;
    if (asked.length > 0) void loadAll(load, asked);
  };
  return (keys) =>
    new Promise((answer, fail) => {
      if (size + keys.length > LARGEST_CALL) send();
      if (waiting.length === 0) setImmediate(send);
      waiting.push({ keys, answer, fail });
      size += keys.length;
    });
}

async function loadAll<K, V>(
  load: (keys: readonly K[]) => Promise<readonly V[]>,
  asked: readonly Asked<K, V>[],
): Promise<void> {
  try {
    const values = await load(asked.flatMap(({ keys }) => keys));
    let from = 0;
    for (const { keys, answer } of asked) answer(values.slice(from, (from += keys.length)));
  } catch (error) {
    if (asked.length > 1) for (const one of asked) void loadAll(load, [one]);
    else asked[0]?.fail(error);
  }
}
