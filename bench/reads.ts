/**
 * How many documents a message costs: what Firestore bills for what a customer writes and for what
 * a colleague answers, counted at the port. The same on every machine.
 */
import {
  channelPath,
  conversationPath,
  create,
  entryPath,
  idOf,
  update,
  type Write,
} from '@switchboard/domain';
import { aChannel } from '@switchboard/domain/testing';
import {
  bringMedia,
  dispatch,
  drain,
  graphOf,
  memoryDatabase,
  nodeHash,
  noMedia,
  pacing,
  storeOver,
  TEST_APP_SECRET,
  webhook,
  type Ports,
} from '@switchboard/functions/testing';
import { DEMO_NUMBER, encodeBody, signature } from '@switchboard/sandbox';
import type { Counts } from './ceiling/counted.ts';
import { measure, type Figure } from './lib/row.ts';
import { anImage, aText, signedBody, type ItemOf } from './webhook/requests.ts';

/** A workspace whose every document is counted. */
function aWorkspace(start: number) {
  const database = memoryDatabase();
  const counts: Counts = { reads: 0, writes: 0 };
  const waiting: (() => Promise<void>)[] = [];
  let [time, ids, sent] = [start, 0, 0];
  const nothing = () => Promise.resolve();
  const clock = {
    now: () => (time += 1),
    newId: () => `id${String((ids += 1)).padStart(18, '0')}`,
    wait: nothing,
  };
  const store = storeOver(
    database,
    async (asked, work, paths) => count(asked, work(), paths),
    clock,
    () => 0,
  );
  function count<T>(asked: string, found: T, { length }: readonly string[]): T {
    if (asked === 'create' || asked === 'commit' || asked === 'remove') counts.writes += length;
    // A query that finds nothing is billed as one read (Firestore, "Pricing").
    else if (asked === 'query') counts.reads += Math.max(1, (found as readonly unknown[]).length);
    else counts.reads += asked === 'read' || asked === 'present' ? length : 1;
    return found;
  }
  const secrets = { get: () => Promise.resolve([TEST_APP_SECRET]) };
  const bytes = async function* () {
    yield Buffer.from('ffd8ffe000104a4649460001', 'hex');
  };
  const ports: Ports = {
    store,
    pace: pacing({ store, clock }),
    graph: graphOf({
      send: () => Promise.resolve({ kind: 'accepted', wamid: `wamid.SENT${(sent += 1)}` }),
    }),
    source: {
      find: () =>
        Promise.resolve({
          kind: 'found',
          url: '',
          mimeType: 'image/jpeg',
          size: null,
          sha256: null,
        }),
      open: () => Promise.resolve({ kind: 'opened', bytes: bytes() }),
    },
    media: { ...noMedia, put: (_, pieces) => passed(pieces) },
    secrets,
    tasks: {
      drain: (id) => Promise.resolve(void waiting.push(() => drain(ports, id))),
      bringMedia: (id) => Promise.resolve(void waiting.push(() => bringMedia(ports, id))),
      sweep: nothing,
    },
    accounts: { apply: nothing },
    hash: nodeHash(secrets),
    clock,
    log: { info: () => undefined, error: () => undefined },
  };
  const apply = (writes: readonly Write[]): void => {
    const seen = new Map(writes.map(({ path }) => [path, database.read(path).version]));
    if (!database.commit(writes, seen)) throw new Error('The workspace is not as it should be.');
  };
  apply([create(channelPath(DEMO_NUMBER.phoneNumberId), { ...aChannel() })]);
  return { database, counts, waiting, ports, apply };
}
type Workspace = ReturnType<typeof aWorkspace>;

/** Documents that some work cost, for one of so many. */
async function costs(
  { counts, waiting }: Workspace,
  of: number,
  work: () => Promise<void>,
): Promise<Counts> {
  [counts.reads, counts.writes] = [0, 0];
  await work();
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next();
  return { reads: counts.reads / of, writes: counts.writes / of };
}

let count = 0;
const planned = (customer: number) => ({
  wamid: `wamid.READS${(count += 1)}`,
  customer,
  writtenAt: 0,
});

const receive = (
  { ports }: Workspace,
  start: number,
  customers: readonly number[],
  item: ItemOf = aText,
): Promise<void> => post(ports, signedBody(customers.map(planned), start, item));

async function post(ports: Ports, { body, signature: signed }: ReturnType<typeof signedBody>) {
  const request = {
    method: 'POST',
    url: '/whatsapp/webhook',
    signature: signed,
    body: Buffer.from(body),
  };
  const { status } = await webhook(ports, [], request);
  if (status !== 200) throw new Error(`The webhook answered ${status}.`);
}

/** A reply of the holder, from the queue until it was read, each status in a webhook of its own. */
async function answer(workspace: Workspace, conversationId: string, start: number): Promise<void> {
  const { ports, apply, database } = workspace;
  const author = { kind: 'agent', id: 'jonas' };
  const entryId = ports.clock.newId();
  const path = conversationPath(conversationId);
  const version = Number((database.read(path).data?.['assignment'] as { version: number }).version);
  apply([
    update(path, { assignee: author }),
    create(entryPath(conversationId, entryId), {
      kind: 'outbound',
      state: 'queued',
      fence: version,
      at: ports.clock.now(),
      author,
      type: 'text',
      text: 'We are on our way',
    }),
  ]);
  await dispatch(ports, conversationId);
  const wamid = String(database.read(entryPath(conversationId, entryId)).data?.['wamid']);
  for (const status of ['sent', 'delivered', 'read']) {
    const item = {
      id: wamid,
      status,
      timestamp: String(Math.floor(start / 1000)),
      biz_opaque_callback_data: `sb1:${conversationId}/${entryId}`,
    };
    const value = { metadata: { phone_number_id: DEMO_NUMBER.phoneNumberId }, statuses: [item] };
    const body = encodeBody({ entry: [{ id: '1', changes: [{ field: 'messages', value }] }] });
    await post(ports, { body, signature: signature(body, TEST_APP_SECRET) });
  }
}

/** Bytes that nobody keeps have passed all the same. */
async function passed(pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of pieces);
}

const both = (
  name: string,
  { reads, writes }: Counts,
  [mostRead, mostWritten]: readonly [number, number],
): Figure[] => [
  { name: `${name}: documents read`, value: reads, unit: '', goal: mostRead },
  { name: `${name}: documents written`, value: writes, unit: '', goal: mostWritten },
];

await measure(async () => {
  const start = Date.UTC(2026, 10, 22, 14);
  const workspace = aWorkspace(start);
  const everybody = Array.from({ length: 20 }, (_, customer) => customer);
  // The number's settings are remembered by every instance that has been asked once.
  await receive(workspace, start, [999]);
  const cost = (of: number, work: () => Promise<void>) => costs(workspace, of, work);
  const first = await cost(1, () => receive(workspace, start, [1]));
  const next = await cost(1, () => receive(workspace, start, [1]));
  const photo = await cost(1, () => receive(workspace, start, [1], anImage));
  await receive(workspace, start, everybody);
  const together = await cost(20, () => receive(workspace, start, everybody));
  const ten = await cost(10, () =>
    receive(
      workspace,
      start,
      Array.from({ length: 10 }, () => 1),
    ),
  );
  const [row] = workspace.database.query({ collection: 'conversations', where: [], limit: 1 });
  const id = idOf(row?.path ?? '');
  const reply = await cost(1, () => answer(workspace, id, start));
  const again = await cost(1, () => answer(workspace, id, start));
  const figures = [
    ...both("a customer's first message", first, [6, 10]),
    ...both('the next message', next, [6, 5]),
    ...both('a message with a photo, brought', photo, [9, 9]),
    ...both('one of twenty from twenty customers in one webhook', together, [6, 4.05]),
    ...both('one of ten from one customer in one webhook', ten, [1.5, 3.2]),
    ...both('the first reply, sent, delivered and read', reply, [41, 20]),
    ...both('the next reply, sent, delivered and read', again, [42, 20]),
  ];
  return {
    figures,
    samples: {},
    setting:
      'counted where the functions ask their store, over documents in memory; a query that finds nothing counts as one read',
  };
});
