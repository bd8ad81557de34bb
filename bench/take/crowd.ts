/** Several hundred colleagues whose inboxes are open, in processes of their own. */
import type { ChildProcess } from 'node:child_process';
import { agentPath } from '@switchboard/domain';
import type { portsOn } from '@switchboard/functions/testing';
import { hear, startHelper } from '../lib/processes.ts';
import { agentOf } from './inbox.ts';
import type { FromListeners, Order } from './listeners.ts';

type Db = ReturnType<typeof portsOn>['db'];

/** The emulator lets one connection have 200 streams, and one process has one connection. */
const LARGEST_PROCESS = 150;

/** A crowd that listens. */
export interface Crowd {
  readonly processes: number;
  /** How often the conversation came into or left the queue of each of them so far. */
  readonly moves: () => Promise<readonly number[]>;
  /** Ends it, and takes its documents out of the workspace. */
  readonly leave: () => Promise<void>;
}

/** Puts so many agents into the workspace and opens their inboxes; resolves when all of them listen. */
export async function gatherCrowd(db: Db, size: number, conversationId: string): Promise<Crowd> {
  const everybody = Array.from({ length: size }, (_, nth) => nth);
  const documents = everybody.map((nth) => db.doc(agentPath(`crowd-${nth}`)));
  const joined = db.batch();
  documents.forEach((document, nth) => joined.set(document, agentOf(nth)));
  await joined.commit();
  const count = Math.ceil(size / LARGEST_PROCESS);
  const helpers = Array.from({ length: count }, () => startHelper('take/listeners.ts', {}));
  await Promise.all(
    helpers.map((helper, index) => {
      const share = (nth: number): number => Math.round((size * nth) / count);
      const order: Order = { from: share(index), to: share(index + 1), conversationId };
      return tell(helper, order, ({ kind }) => (kind === 'open' ? true : null));
    }),
  );
  const movesOf = (helper: ChildProcess) =>
    tell(helper, 'moved', (said) => (said.kind === 'moved' ? said.moves : null));
  return {
    processes: count,
    moves: async () => (await Promise.all(helpers.map(movesOf))).flat(),
    async leave() {
      helpers.forEach((helper) => helper.disconnect());
      const left = db.batch();
      documents.forEach((document) => left.delete(document));
      await left.commit();
    },
  };
}

/** Sends a message and waits for its answer. */
function tell<T>(
  helper: ChildProcess,
  message: Order | 'moved',
  wanted: (said: FromListeners) => T | null,
): Promise<T> {
  const answer = hear(helper, (said) => wanted(said as FromListeners));
  helper.send(message);
  return answer;
}
