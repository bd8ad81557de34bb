import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { COLLECTIONS, conversationPath } from '@switchboard/domain';
import { localWorkspace, openPast, type LocalWorkspace } from '@switchboard/functions/seeding';
import { portsOn, webhook } from '@switchboard/functions/testing';
import { DEMO_NUMBER, inboundUpdate, webhookBody } from '@switchboard/sandbox';
import { Timestamp, type Firestore } from 'firebase-admin/firestore';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentsOf, playDemo, type Demo } from '../../scripts/demo/workspace.ts';
import { sign } from '../support/world.ts';

const projectId = `demo-seed-${randomBytes(4).toString('hex')}`;
const folder = mkdtempSync(path.join(tmpdir(), 'switchboard-seed-'));
const secretsFile = path.join(folder, 'secrets.json');
let demo: Demo;
let local: LocalWorkspace;
let db: Firestore;
let ports: ReturnType<typeof portsOn>['ports'];

beforeAll(async () => {
  const start = Date.now();
  demo = await playDemo(start, secretsFile);
  local = localWorkspace(projectId);
  await local.write(documentsOf(demo, start));
  // The identity key of the same file, as the running functions have it.
  const { hash } = openPast(secretsFile).thread('running', {
    send: () => Promise.resolve({ kind: 'lost' }),
  }).ports;
  ({ ports, db } = portsOn(projectId, { hash }));
});
afterAll(async () => {
  await local.close();
  rmSync(folder, { recursive: true });
});

const count = async (collection: string) =>
  (await db.collection(collection).count().get()).data().count;

describe('the demo workspace in Firestore', () => {
  it('is there as it was played, with its times as Timestamps', async () => {
    expect(await count(COLLECTIONS.conversations)).toBe(demo.customers.length);
    const waiting = await db
      .collection(COLLECTIONS.conversations)
      .where('assignee.id', '==', 'jonas')
      .where('status', '==', 'open')
      .orderBy('waitingSince', 'asc')
      .get();
    const names = waiting.docs.map((doc) => (doc.get('contact') as { name: string }).name);
    expect(names).toEqual(['Yuki Tanaka', 'Marta Oliveira']);
    expect(waiting.docs[0]?.get('waitingSince')).toBeInstanceOf(Timestamp);
  });

  it('takes what a demo customer writes now into the conversation that is there', async () => {
    const rosa = demo.customers.find(({ customer }) => customer.name === 'Rosa Delgado')!;
    const message = {
      wamid: 'wamid.later',
      at: Date.now(),
      item: { type: 'text', text: { body: 'Is the technician on his way?' } },
    };
    const update = inboundUpdate(DEMO_NUMBER, rosa.customer, message);
    const body = Buffer.from(JSON.stringify(webhookBody([update])));
    const request = { method: 'POST', url: '/whatsapp/webhook', signature: sign(body), body };
    expect((await webhook(ports, [], request)).status).toBe(200);
    expect(await count(COLLECTIONS.conversations)).toBe(demo.customers.length);
    const [entry] = (
      await db.collectionGroup(COLLECTIONS.timeline).where('wamid', '==', 'wamid.later').get()
    ).docs;
    const id = entry?.ref.parent.parent?.id ?? '';
    expect((await db.doc(conversationPath(id)).get()).data()).toMatchObject({
      status: 'open',
      assignee: { kind: 'agent', id: 'jonas' },
      preview: { text: 'Is the technician on his way?' },
    });
  });
});
