import { createHmac, randomBytes } from 'node:crypto';
import {
  bringMedia,
  drain,
  portsOn,
  sweep,
  systemClock,
  TEST_APP_SECRET,
  webhook,
  fromFirestore,
  type PortsOver,
  type Ports,
  type Store,
} from '@switchboard/functions/testing';
import { channelPath, timelinePath, type Channel, type DocumentData } from '@switchboard/domain';
import { aChannel } from '@switchboard/domain/testing';
import type { Firestore } from 'firebase-admin/firestore';

/** The demo number. */
export const NUMBER = '100000000000001';

/** A document with its id, as tests look at it. */
export interface Found {
  readonly id: string;
  readonly data: DocumentData;
}

/** A workspace in a project of its own: the capabilities on a real Firestore, and eyes to look at it. */
export interface World {
  readonly ports: Ports;
  readonly db: Firestore;
  /** Posts a body to the webhook, signed; answers its status. */
  post(
    body: unknown,
    options?: { readonly path?: string; readonly signature?: string },
  ): Promise<number>;
  addChannel(id: string, over?: Partial<Channel>): Promise<void>;
  all(collection: string): Promise<readonly Found[]>;
  get(path: string): Promise<DocumentData | null>;
  timeline(conversationId: string): Promise<readonly Found[]>;
  /** Runs the drain of every delivery and the bringing of all media that was asked for, until none is left. */
  settle(): Promise<void>;
  /** Forgets every task that nobody has run yet. */
  loseTasks(): void;
  /** Runs the drain of one delivery. */
  drain(receiptId: string): Promise<void>;
  /** Runs the sweep as it would a minute later, when everything that waits has waited long enough. */
  sweep(): Promise<void>;
  /** Moves the clock of the capabilities, ms. */
  move(ms: number): void;
}

/** Signs as Meta does. */
export const sign = (body: Uint8Array | string, secret = TEST_APP_SECRET): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** A {@link World} with the demo number; `over` replaces ports, `around` wraps the store. */
export async function aWorld(
  over: PortsOver = {},
  around: (store: Store) => Store = (store) => store,
): Promise<World> {
  const waiting: string[] = [];
  const media: string[] = [];
  const tasks = {
    drain: (receiptId: string) => Promise.resolve(void waiting.push(receiptId)),
    bringMedia: (mediaId: string) => Promise.resolve(void media.push(mediaId)),
    sweep: () => Promise.resolve(),
  };
  let ahead = 0;
  const clock = {
    ...(over.clock ?? systemClock),
    now: () => (over.clock ?? systemClock).now() + ahead,
  };
  const real = portsOn(`demo-${randomBytes(6).toString('hex')}`, { tasks, ...over, clock });
  const ports: Ports = { ...real.ports, store: around(real.ports.store) };
  const { db } = real;
  const list = async (collection: string): Promise<readonly Found[]> =>
    (await db.collection(collection).get()).docs.map((doc) => ({
      id: doc.id,
      data: fromFirestore(doc.data()),
    }));
  const world: World = {
    ports,
    db,
    async post(body, { path = '/whatsapp/webhook', signature } = {}) {
      const bytes = body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
      const request = {
        method: 'POST',
        url: path,
        signature: signature ?? sign(bytes),
        body: bytes,
      };
      return (await webhook(ports, ['verify'], request)).status;
    },
    async addChannel(id, channel = {}) {
      await db.doc(channelPath(id)).set({ ...aChannel(channel) });
    },
    all: list,
    async get(path) {
      const data = (await db.doc(path).get()).data();
      return data === undefined ? null : fromFirestore(data);
    },
    timeline: (conversationId) => list(timelinePath(conversationId)),
    async settle() {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        await drain(ports, next);
      for (let next = media.shift(); next !== undefined; next = media.shift())
        await bringMedia(ports, next);
    },
    loseTasks() {
      waiting.length = 0;
      media.length = 0;
    },
    drain: (receiptId) => drain(ports, receiptId),
    async sweep() {
      world.move(60_000);
      await sweep(ports);
    },
    move: (ms) => void (ahead += ms),
  };
  await world.addChannel(NUMBER);
  return world;
}
