import { expect } from '@playwright/test';
import type { Who, World } from '../../../scripts/screens/stage.ts';
import { tellOfAccount, tellOfTemplate } from './account.ts';
import { control } from './customer.ts';
import { db, idToken, system } from './local-system.ts';

const post = (url: string, token: string, data: object): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ data }),
  });

/** The number of a customer of whom there are only notices. */
const NOTICED = '31610000999';

let serial = 0;

/** What a colleague does to a conversation as it is now. */
async function wish(by: Who, conversationId: string, input: object): Promise<void> {
  const { version } = (await db.doc(`conversations/${conversationId}`).get()).get('assignment') as {
    version: number;
  };
  serial += 1;
  const commandId = `screens-${Date.now()}-${serial}`;
  await world.call(by, 'command', {
    ...input,
    commandId,
    conversationId,
    expectedVersion: version,
  });
}

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
  assign: (by, conversationId, to) => wish(by, conversationId, { type: 'assign', to }),
  settle: (by, conversationId, type) => wish(by, conversationId, { type }),
  async news() {
    await tellOfTemplate('PAUSED', 'follow_up_after_repair');
    await tellOfAccount('account_update', { event: 'ACCOUNT_OFFBOARDED' });
  },
  async notice(name) {
    const known = () => world.conversationId(name).catch(() => null);
    if ((await known()) === null) {
      const system = { type: 'user_changed_number', body: `${name} changed to another number` };
      await control('inbound', { from: NOTICED, name, message: { type: 'system', system } });
      await expect.poll(known).not.toBeNull();
    }
    return world.conversationId(name);
  },
};
