import type { World } from '../../../scripts/screens/stage.ts';
import { db, idToken, system } from './local-system.ts';

const post = (url: string, token: string, data: object): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ data }),
  });

let serial = 0;

/** The local system as the stage of the screens asks for it. */
export const world: World = {
  sandbox: system.sandbox,
  async conversationId(customer) {
    const { docs } = await db
      .collection('conversations')
      .where('contact.name', '==', customer)
      .get();
    const id = docs[0]?.id;
    if (id === undefined) throw new Error(`The demo has no conversation with ${customer}.`);
    return id;
  },
  async queueOf(team) {
    const open = db.collection('conversations').where('teamId', '==', team);
    const { docs } = await open.where('status', '==', 'open').get();
    return docs.filter((each) => each.get('assignee') === null).map(({ id }) => id);
  },
  token: idToken,
  async call(who, name, data) {
    const answer = await post(`${system.app}/api/${name}`, await idToken(who), data);
    const { result } = (await answer.json()) as { result?: { code: string } };
    if (result?.code !== 'ok')
      throw new Error(`${name} by ${who}: ${result?.code ?? answer.status}`);
  },
  async assign(by, conversationId, to) {
    const { version } = (await db.doc(`conversations/${conversationId}`).get()).get(
      'assignment',
    ) as { version: number };
    serial += 1;
    const commandId = `screens-${Date.now()}-${serial}`;
    await world.call(by, 'command', {
      type: 'assign',
      commandId,
      conversationId,
      expectedVersion: version,
      to,
    });
  },
};
