/** What a side asks of the database, so that the row can show that both ask the same. */
import type { Store } from '@switchboard/functions/testing';

/** Documents, not calls. */
export interface Counts {
  reads: number;
  writes: number;
}

/** A store that counts what goes through it, tries that did not hold included. */
export function counted(store: Store, counts: Counts): Store {
  return {
    ...store,
    read(paths) {
      counts.reads += paths.length;
      return store.read(paths);
    },
    present(paths) {
      counts.reads += paths.length;
      return store.present(paths);
    },
    create(documents) {
      counts.writes += documents.length;
      return store.create(documents);
    },
    guarded: (attempt) =>
      store.guarded(async (gather, tries) => {
        const read: Store['read'] = (paths) => {
          counts.reads += paths.length;
          return gather.read(paths);
        };
        const found = await attempt({ ...gather, read }, tries);
        counts.writes += found.writes.length;
        return found;
      }),
  };
}
