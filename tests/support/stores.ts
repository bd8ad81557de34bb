import type { Store } from '@switchboard/functions/testing';

/** What a commit of a store is about, as a test decides by it. */
export interface Commit {
  readonly paths: readonly string[];
  /** How many commits there were before. */
  readonly before: number;
}

/** How Firestore fails while it is out of reach (gRPC UNAVAILABLE). */
export const unavailable = (): Error => Object.assign(new Error('out of reach'), { code: 14 });

/** A store whose commits fail where `fails` says so: nothing of such a commit is written. */
export const failing =
  (fails: (commit: Commit) => boolean) =>
  (store: Store): Store => {
    let before = 0;
    const check = (paths: readonly string[]): void => {
      const commit = { paths, before };
      before += 1;
      if (fails(commit)) throw unavailable();
    };
    return {
      ...store,
      guarded: (attempt) =>
        store.guarded(async (gather, tries) => {
          const decided = await attempt(gather, tries);
          if (decided.writes.length > 0) check(decided.writes.map(({ path }) => path));
          return decided;
        }),
      async create(documents) {
        check(documents.map(({ path }) => path));
        return store.create(documents);
      },
    };
  };
