import { expect, test } from '@playwright/test';
import { Colleague } from './support/colleague.ts';
import { aCustomer } from './support/customer.ts';
import { db, documentsUrl, idToken, system } from './support/local-system.ts';

/* Somebody opens the browser's console and tries what the screen does not offer. The rules refuse each. */

const text = (value: string) => ({ stringValue: value });
const whole = (value: number) => ({ integerValue: String(value) });
const map = (fields: object) => ({ mapValue: { fields } });
const agent = (uid: string) => map({ kind: text('agent'), id: text(uid) });

test('what Ana tries in the console while Jonas holds the conversation is refused each time', async ({
  browser,
}) => {
  const customer = aCustomer('Console');
  await customer.write('Hello');
  const id = await customer.conversationId();
  const jonas = await Colleague.enter(browser, 'jonas');
  await jonas.page.goto(`/inbox/queue/${id}`);
  await jonas.act('Take');
  await expect(jonas.reply).toBeEditable();
  await jonas.send('Good morning');
  await expect(jonas.thread.getByText('Good morning')).toBeVisible();
  const reply = (
    await db.collection(`conversations/${id}/timeline`).where('kind', '==', 'outbound').get()
  ).docs[0];
  const billing = (
    await db.collection('conversations').where('teamId', '==', 'billing').limit(1).get()
  ).docs[0];
  expect(billing, 'the demo workspace has a conversation of billing').toBeDefined();
  const version = (
    (await db.doc(`conversations/${id}`).get()).get('assignment') as { version: number }
  ).version;

  const ana = await Colleague.enter(browser, 'ana');
  const token = await idToken('ana');
  const name = (path: string) => `projects/${system.project}/databases/(default)/documents/${path}`;
  const now = [{ fieldPath: 'at', setToServerValue: 'REQUEST_TIME' }];
  const replyOf = (uid: string, fence: number) => ({
    kind: text('outbound'),
    state: text('queued'),
    fence: whole(fence),
    author: agent(uid),
    type: text('text'),
    text: text('From the console'),
  });
  /** Commits writes from inside Ana's page and answers the HTTP status. */
  const commit = (writes: readonly object[]) =>
    ana.page.evaluate(
      async ([url, bearer, body]) =>
        (
          await fetch(`${url}:commit`, {
            method: 'POST',
            headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
            body,
          })
        ).status,
      [documentsUrl, token, JSON.stringify({ writes })] as const,
    );
  const read = (path: string) =>
    ana.page.evaluate(
      async ([url, bearer]) =>
        (await fetch(url, { headers: { authorization: `Bearer ${bearer}` } })).status,
      [`${documentsUrl}/${path}`, token] as const,
    );
  const change = (path: string, fields: object, mask: readonly string[]) => ({
    update: { name: name(path), fields },
    updateMask: { fieldPaths: mask },
    currentDocument: { exists: true },
  });
  const entry = (id_: string, fields: object) => ({
    update: { name: name(`conversations/${id}/timeline/${id_}`), fields },
    updateTransforms: now,
    currentDocument: { exists: false },
  });

  // The near neighbour of every denial below: this much she may.
  expect(await read(`conversations/${id}`)).toBe(200);
  expect(
    await commit([
      entry('note1', { kind: text('note'), author: agent('ana'), text: text('I am looking') }),
    ]),
  ).toBe(200);

  expect(await commit([entry('c1', replyOf('ana', version))]), 'write a reply').toBe(403);
  expect(await commit([entry('c2', replyOf('jonas', version))]), 'write a reply as Jonas').toBe(
    403,
  );
  expect(
    await commit([change(`conversations/${id}`, { assignee: agent('ana') }, ['assignee'])]),
    'change the assignee',
  ).toBe(403);
  expect(
    await commit([change('agents/ana', { role: text('admin') }, ['role'])]),
    'raise the own role',
  ).toBe(403);
  expect(await read(`conversations/${billing?.id}`), 'read a conversation of billing').toBe(403);
  expect(
    await commit([
      change(`conversations/${id}/timeline/${reply?.id}`, { state: text('read') }, ['state']),
    ]),
    'forge a delivery state',
  ).toBe(403);
  expect(await read('contacts'), 'list all contacts').toBe(403);
  expect((await customer.received()).map(({ request }) => request.text?.body)).toEqual([
    'Good morning',
  ]);
  await jonas.leave();
  await ana.leave();
});
