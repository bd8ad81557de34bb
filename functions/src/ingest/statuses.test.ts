import {
  callbackData,
  channelPath,
  conversationPath,
  create,
  entryPath,
  journalPath,
} from '@switchboard/domain';
import { aChannel, aConversation, anOutbound, NOW } from '@switchboard/domain/testing';
import { expect, it, describe } from 'vitest';
import { nodeHash } from '../adapters/hash.ts';
import type { Ports } from '../ports.ts';
import { memoryStore, type MemoryStore } from '../seeding/memory-store.ts';
import { sweep } from '../sweep/sweep.ts';
import { journal } from '../webhook/journal.ts';
import { ingest } from './ingest.ts';

const NUMBER = '100000000000001';
const WAMID = 'wamid.SENT';

/** A reply that was handed over, and whose answer nobody has heard. */
function aWorkspace() {
  const store = memoryStore();
  const { text: _, ...reply } = anOutbound({ state: 'unknown', caseNumber: 1 });
  store.apply([
    create(channelPath(NUMBER), { ...aChannel() }),
    create(conversationPath('c1'), { ...aConversation({ channelId: NUMBER }) }),
    create(entryPath('c1', 'r1'), { ...reply }),
  ]);
  return { store, ports: portsOver(store) };
}

const nothing = () => Promise.resolve();
const secrets = { get: () => Promise.resolve(['secret']) };
const portsOver = (store: MemoryStore): Ports =>
  ({
    store,
    secrets,
    hash: nodeHash(secrets),
    tasks: { drain: nothing, bringMedia: nothing, sweep: nothing },
    clock: { now: () => NOW, newId: () => crypto.randomUUID().slice(0, 20), wait: nothing },
    log: { info: () => undefined, error: () => undefined },
  }) as unknown as Ports;

/** Brings a status in as a delivery of its own; answers the id of its journal item. */
async function tell(ports: Ports, status: string, callback?: string): Promise<string> {
  const item = {
    id: WAMID,
    status,
    timestamp: String(NOW / 1000),
    ...(callback === undefined ? {} : { biz_opaque_callback_data: callback }),
  };
  const value = { metadata: { phone_number_id: NUMBER }, statuses: [item] };
  const body = { entry: [{ id: '1', changes: [{ field: 'messages', value }] }] };
  const { work } = await journal(ports, Buffer.from(JSON.stringify(body)), 'default');
  await ingest(ports, work, { deadline: Infinity });
  return work[0]?.journalId ?? '';
}

const fateOf = (store: MemoryStore, id: string) => store.documents().get(journalPath(id))?.['fate'];
const stateOf = (store: MemoryStore) => store.documents().get(entryPath('c1', 'r1'))?.['state'];

describe('a status without callback data, before anybody knows its message', () => {
  it('is applied as soon as another status says which reply it is about', async () => {
    const { store, ports } = aWorkspace();
    const read = await tell(ports, 'read');
    expect(fateOf(store, read)).toBe('parked');
    await tell(ports, 'delivered', callbackData('c1', 'r1'));
    expect([stateOf(store), fateOf(store, read)]).toEqual(['read', 'done']);
  });

  it('is applied by the sweep where whoever heard the answer died before it looked', async () => {
    const { store, ports } = aWorkspace();
    const read = await tell(ports, 'read');
    store.apply([{ op: 'merge', path: entryPath('c1', 'r1'), data: { wamid: WAMID } }]);
    await sweep(ports);
    expect([stateOf(store), fateOf(store, read)]).toEqual(['read', 'done']);
  });

  it('waits for a person where it is about nothing of ours', async () => {
    const { store, ports } = aWorkspace();
    const read = await tell(ports, 'read');
    await sweep(ports);
    expect([stateOf(store), fateOf(store, read)]).toEqual(['unknown', 'parked']);
  });
});
