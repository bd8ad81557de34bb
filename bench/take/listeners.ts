/** Some hundred inboxes in a process of their own, each with a client of its own, as devices have. */
import { constants, setPriority } from 'node:os';
import { openClients, quietly, type Clients } from '../../tests/support/data/clients.ts';
import { required } from '../lib/row.ts';
import { CLAIMS, inboxOf, listensOf } from './inbox.ts';

/** Which inboxes of the crowd to open, and whose moves between lists to count. */
export interface Order {
  readonly from: number;
  readonly to: number;
  readonly conversationId: string;
}

/**
 * `open`: every listener has the server's answer. `moved`: how often the conversation came into or
 * left the queue of each inbox so far.
 */
export type FromListeners =
  { readonly kind: 'open' } | { readonly kind: 'moved'; readonly moves: readonly number[] };

const tell = (message: FromListeners): void => void process.send?.(message);
const moves = new Map<number, number>();

async function open(clients: Clients, nth: number, conversationId: string): Promise<void> {
  const inbox = inboxOf(nth);
  const store = clients.storeOf(inbox.person.uid, CLAIMS);
  const { documents, queue, others } = listensOf(inbox);
  moves.set(nth, 0);
  let before: boolean | null = null;
  const follow = (there: boolean): void => {
    if (before !== null && before !== there) moves.set(nth, (moves.get(nth) ?? 0) + 1);
    before = there;
  };
  await Promise.all([
    ...documents.map((path) => first((next, failed) => store.listenDoc(path, next, failed))),
    ...others.map((query) => first((next, failed) => store.listenRows(query, next, failed))),
    ...queue.map((query) =>
      first((next, failed) =>
        store.listenRows(
          query,
          (snapshot) => {
            if (!snapshot.fromCache) follow(snapshot.rows.some(({ id }) => id === conversationId));
            next(snapshot);
          },
          failed,
        ),
      ),
    ),
  ]);
}

type Next = (snapshot: { readonly fromCache: boolean }) => void;

/** Resolves with a listener's first answer of the server; what comes after it is only received. */
const first = (listen: (next: Next, failed: (error: Error) => void) => unknown): Promise<void> =>
  new Promise((resolve, reject) => {
    listen(({ fromCache }) => {
      if (!fromCache) resolve();
    }, reject);
  });

async function openAll({ from, to, conversationId }: Order): Promise<void> {
  const clients = await openClients(
    required('GCLOUD_PROJECT'),
    required('FIRESTORE_EMULATOR_HOST'),
  );
  const all = Array.from({ length: to - from }, (_, index) => from + index);
  await Promise.all(all.map((nth) => open(clients, nth, conversationId)));
}

quietly();
// What a colleague's device does with what it hears takes nothing from anybody else's.
setPriority(constants.priority.PRIORITY_LOW);
process.on('message', (message: Order | 'moved') => {
  if (message === 'moved') tell({ kind: 'moved', moves: [...moves.values()] });
  else void openAll(message).then(() => tell({ kind: 'open' }));
});
process.on('disconnect', () => process.exit(0));
