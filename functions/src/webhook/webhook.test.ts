import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { channelPath, COLLECTIONS } from '@switchboard/domain';
import { aChannel } from '@switchboard/domain/testing';
import { graphOf, noMedia } from '../testing/index.ts';
import { nodeHash } from '../adapters/hash.ts';
import type { Ports, Store } from '../ports.ts';
import { memoryStore, type MemoryStore } from '../seeding/memory-store.ts';
import { webhook } from './webhook.ts';

const NUMBER = '100000000000001';
const NOW = Date.UTC(2026, 10, 22, 12);

let memory: MemoryStore;
const drained: string[] = [];

beforeEach(() => {
  memory = memoryStore();
  drained.length = 0;
  memory.apply([{ op: 'create', path: channelPath(NUMBER), data: { ...aChannel() } }]);
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

const secrets = { get: () => Promise.resolve(['secret']) };

const notHad = () => Promise.resolve({ kind: 'failed', failure: 'gone' } as const);

const portsOver = (store: Store): Ports => ({
  store,
  secrets,
  graph: graphOf({}),
  pace: { pass: () => Promise.resolve() },
  source: { find: notHad, open: notHad },
  media: noMedia,
  tasks: {
    bringMedia: () => Promise.resolve(),
    drain: (receiptId) => Promise.resolve(void drained.push(receiptId)),
    sweep: () => Promise.resolve(),
  },
  accounts: { apply: () => Promise.resolve() },
  hash: nodeHash(secrets),
  clock: { now: () => NOW, newId: () => 'receipt', wait: () => Promise.resolve() },
  log: { info: () => undefined, error: () => undefined },
});

const BODY = JSON.stringify({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '200000000000001',
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: '15550100100', phone_number_id: NUMBER },
            contacts: [{ profile: { name: 'Marta' }, wa_id: '15550123456' }],
            messages: [
              {
                id: 'wamid.1',
                from: '15550123456',
                timestamp: String(NOW / 1000),
                type: 'text',
                text: { body: 'Hi' },
              },
            ],
          },
        },
      ],
    },
  ],
});

/** Posts the body; the answer's status. */
const post = async (store: Store): Promise<number> => {
  const signature = `sha256=${createHmac('sha256', 'secret').update(BODY).digest('hex')}`;
  const request = { method: 'POST', url: '/whatsapp/webhook', signature, body: Buffer.from(BODY) };
  return (await webhook(portsOver(store), [], request)).status;
};

const never = new Promise<never>(() => undefined);

const items = (): readonly string[] =>
  [...memory.documents().keys()].filter((path) => path.startsWith(`${COLLECTIONS.journal}/`));

describe('an answer to Meta', () => {
  it('is 200 once the item is stored and processed', async () => {
    expect(await post(memory)).toBe(200);
    expect(items()).toHaveLength(1);
    expect(drained).toEqual([]);
  });

  it('does not wait for a database that says nothing: 503 after eight seconds', async () => {
    const answer = post({ ...memory, present: () => never });
    await vi.advanceTimersByTimeAsync(8_000);
    expect(await answer).toBe(503);
    expect(items()).toEqual([]);
  });

  it('is 200 where the database falls silent after the item is stored: the drain goes on with it', async () => {
    const answer = post({ ...memory, guarded: () => never });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await answer).toBe(200);
    expect(items()).toHaveLength(1);
    expect(drained).toEqual(['receipt']);
  });
});
