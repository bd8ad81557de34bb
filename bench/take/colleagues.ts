/** The four colleagues beside the two screens, and the conversation that all of them see. */
import { agentPath, COLLECTIONS, personOf, type Claims } from '@switchboard/domain';
import type { portsOn } from '@switchboard/functions/testing';
import { openClients } from '../../tests/support/data/clients.ts';
import { required } from '../lib/row.ts';
import { inboxFor, listensOf } from './inbox.ts';

type Db = ReturnType<typeof portsOn>['db'];

/** They listen as the app does, without a screen: one browser for each would measure the browsers. */
export const COLLEAGUES = ['marek', 'nadia', 'dana', 'carmen'];
/** A conversation of the demo that waits in support's queue. */
const CUSTOMER = 'Sofia Almeida';

/** The id of the conversation that is taken. @throws where the demo workspace has it not */
export async function findConversation(db: Db): Promise<string> {
  const conversations = db.collection(COLLECTIONS.conversations);
  const found = await conversations.where('contact.name', '==', CUSTOMER).get();
  const [only] = found.docs;
  if (only === undefined) throw new Error(`The demo workspace has no conversation of ${CUSTOMER}.`);
  return only.id;
}

/** What the app has open in each one's inbox, live, until `stop`; `changes` counts snapshots. */
export async function openColleagues(db: Db) {
  const clients = await openClients(
    required('GCLOUD_PROJECT'),
    required('FIRESTORE_EMULATOR_HOST'),
  );
  let changes = 0;
  const leave: (() => void)[] = [];
  const refused = (error: Error): never => {
    throw error;
  };
  const changed = (): void => void (changes += 1);
  for (const [nth, uid] of COLLEAGUES.entries()) {
    const claims = (await db.doc(agentPath(uid)).get()).get('claims') as Claims;
    const store = clients.storeOf(uid, claims);
    const { documents, queue, others } = listensOf(inboxFor(personOf(uid, claims, null), nth));
    for (const path of documents) leave.push(store.listenDoc(path, changed, refused));
    for (const query of [...queue, ...others])
      leave.push(store.listenRows(query, changed, refused));
  }
  const stop = (): Promise<void> => {
    leave.forEach((unsubscribe) => unsubscribe());
    return clients.close();
  };
  return { changes: () => changes, stop };
}
