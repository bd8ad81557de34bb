/** The four colleagues beside the two screens, and the conversation that all of them see. */
import { agentPath, COLLECTIONS, personOf, type Claims } from '@switchboard/domain';
import type { portsOn } from '@switchboard/functions/testing';
import { openClients } from '../../tests/support/data/clients.ts';
import {
  listQueries,
  listsOf,
  sectionsOf,
  type QuerySpec,
  type Reader,
} from '../../web/src/data/queries.ts';
import { required } from '../lib/row.ts';

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

/** Everybody's lists, live, until `stop`; `changes` counts snapshots. */
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
  for (const uid of COLLEAGUES) {
    const claims = (await db.doc(agentPath(uid)).get()).get('claims') as Claims;
    const store = clients.storeOf(uid, claims);
    for (const query of queriesOf(personOf(uid, { ...claims }, null)))
      leave.push(store.listenRows(query, () => (changes += 1), refused));
  }
  const stop = (): Promise<void> => {
    leave.forEach((unsubscribe) => unsubscribe());
    return clients.close();
  };
  return { changes: () => changes, stop };
}

/** All that an inbox may have open. */
const queriesOf = (person: Reader): readonly QuerySpec[] =>
  listsOf(person, null).flatMap((list) =>
    sectionsOf(list).flatMap((section) => listQueries(list, section, person)),
  );
