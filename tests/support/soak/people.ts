/** Customers who write and colleagues who answer, by chance; what they did is kept for the oracle. */
import {
  callbackData,
  conversationPath,
  create,
  entryPath,
  parseEntryPath,
  releaseEntryId,
  takeEntryId,
  update,
  type Conversation,
  type DocumentData,
  type Write,
} from '@switchboard/domain';
import { idOf } from './ids.ts';
import { CHANNELS, type World } from './world.ts';

/** A message of a customer as Meta has it. */
export interface Written {
  readonly wamid: string;
  /** Meta's second, epoch ms. */
  readonly at: number;
  readonly type: string;
  readonly text: string | null;
  readonly metaId: string | null;
  /** The name that came with it. */
  readonly name: string;
}

/** A reply that a colleague queued, or wrote on a phone beside us. */
export interface Reply {
  readonly entryId: string;
  readonly at: number;
  readonly text: string;
  readonly byPhone: boolean;
}

/** What happened from one case to the next: at its end everything had come to rest. */
export interface Phase {
  readonly written: Written[];
  readonly replies: Reply[];
}

/** One customer and one number. */
export interface Thread {
  readonly key: string;
  readonly customer: Customer;
  readonly channelId: string;
  readonly phases: Phase[];
  /** Messages that are still to be written. */
  left: number;
  /** Somebody waits for rest, to resolve it. */
  closing: boolean;
}

export interface Customer {
  readonly phone: string;
  readonly userId: string;
  /** By what Meta names them. */
  readonly known: 'phone' | 'user' | 'both';
  name: string;
}

export interface People {
  readonly threads: readonly Thread[];
  /** True once everybody has written all, and nobody waits to resolve. */
  isDone(): boolean;
  conversationId(thread: Thread): string | null;
}

/** How much is said. */
export interface Talk {
  /** Messages of all customers together. */
  readonly messages: number;
  readonly customers: number;
  /** Ms in which they are written. */
  readonly span: number;
  /** Whether conversations are resolved and go on as another case. */
  readonly cases: boolean;
  /** Things that Meta tells beside messages: other fields, other tools' statuses, numbers of nobody. */
  readonly noise: number;
}

export function people(world: World, talk: Talk): People {
  const sim = world.simulation;
  const threads = meet(world, talk);
  const ids = new Map<Thread, string>();
  let said = 0;

  const conversationId = (thread: Thread): string | null => {
    const known = ids.get(thread);
    if (known !== undefined) return known;
    for (const { wamid } of thread.phases[0]?.written ?? []) {
      const [entry] = world.database.query({
        collection: 'timeline',
        everywhere: true,
        where: [['wamid', '==', wamid]],
        limit: 1,
      });
      const id = entry && parseEntryPath(entry.path)?.conversationId;
      if (id === undefined) continue;
      ids.set(thread, id);
      return id;
    }
    return null;
  };

  const write = (thread: Thread): void => {
    thread.left -= 1;
    said += 1;
    const written = compose(world, thread, said);
    thread.phases.at(-1)?.written.push(written.said);
    world.meta.tell(
      {
        name: written.said.wamid,
        thread: thread.key,
        channelId: thread.channelId,
        field: 'messages',
        list: 'messages',
        item: written.item,
        contact: written.contact,
        fate: null,
      },
      sim.happens(0.05) ? sim.between(0, 60_000) : 0,
    );
  };
  /** Some write one thing at a time, some five in a second. */
  const writeOn = (thread: Thread, gap: number): void => {
    sim.after(sim.random() * 2 * gap, () => {
      const many = thread.closing ? 0 : Math.min(thread.left, sim.happens(0.2) ? 5 : 1);
      for (let index = 0; index < many; index += 1) write(thread);
      if (thread.left > 0) writeOn(thread, gap);
    });
  };
  const lookAt = (thread: Thread, gap: number): void => {
    sim.after(sim.random() * 2 * gap, () => {
      const id = conversationId(thread);
      if (id !== null && !thread.closing) colleague(world, thread, id);
      if (talk.cases && id !== null && !thread.closing && sim.happens(0.05))
        closeThread(world, thread, id);
      if (thread.left > 0 || sim.happens(0.8)) lookAt(thread, gap);
    });
  };
  for (const thread of threads) {
    const gap = talk.span / Math.max(1, thread.left);
    writeOn(thread, gap);
    lookAt(thread, Math.min(30_000, gap * 2));
  }
  for (let index = 0; index < talk.noise; index += 1) noise(world, index, talk.span);
  return {
    threads,
    isDone: () => threads.every(({ left, closing }) => left === 0 && !closing),
    conversationId,
  };
}

/** Customers with their threads: some write to both numbers, a few write as much as all others. */
function meet({ simulation: sim }: World, talk: Talk): Thread[] {
  const threads: Thread[] = [];
  for (let index = 0; index < talk.customers; index += 1) {
    const digits = String(index).padStart(7, '0');
    const customer: Customer = {
      phone: `1555${digits}`,
      userId: `US.${digits}ABCDEF`,
      known: sim.pick(['phone', 'user', 'both', 'both'] as const),
      name: `Customer ${index}`,
    };
    const numbers = sim.happens(0.2) ? CHANNELS : [sim.pick(CHANNELS)];
    for (const channelId of numbers)
      threads.push({
        key: `${channelId}/${digits}`,
        customer,
        channelId,
        phases: [{ written: [], replies: [] }],
        left: 1,
        closing: false,
      });
  }
  const hot = Math.max(1, Math.floor(threads.length / 40));
  for (let spare = talk.messages - threads.length; spare > 0; spare -= 1) {
    const thread = sim.happens(0.1) ? threads[sim.between(0, hot - 1)] : sim.pick(threads);
    if (thread) thread.left += 1;
  }
  return threads;
}

const TYPES = [
  ...Array.from({ length: 14 }, () => 'text'),
  'image',
  'image',
  'reaction',
  'location',
  'unsupported',
  'edit',
  'revoke',
] as const;

function compose({ simulation: sim }: World, thread: Thread, count: number) {
  const { customer } = thread;
  const earlier = thread.phases.flatMap(({ written }) => written);
  const type = earlier.length === 0 ? sim.pick(['text', 'image'] as const) : sim.pick(TYPES);
  if (sim.happens(0.02)) customer.name = `${customer.name.split(',')[0]}, ${count}`;
  const wamid = `wamid.IN/${count}==`;
  const at = Math.floor(sim.now() / 1000) * 1000;
  const text = `Message ${count} ü\u0000🙂`;
  const of = earlier.length > 0 ? sim.pick(earlier).wamid : wamid;
  const metaId = type === 'image' ? `media-${count}` : null;
  const body = {
    text: { text: { body: text } },
    image: { image: { id: metaId, mime_type: 'image/jpeg', caption: text } },
    reaction: { reaction: { message_id: of, emoji: '👍' } },
    location: { location: { latitude: 1, longitude: 2, name: 'Here' } },
    unsupported: { errors: [{ code: 131051, title: 'Unsupported' }] },
    edit: { edit: { original_message_id: of, message: { type: 'text', text: { body: text } } } },
    revoke: { revoke: { original_message_id: of } },
  }[type];
  const names = customer.known === 'both' && sim.happens(0.5) ? 'user' : customer.known;
  return {
    said: {
      wamid,
      at,
      type,
      text: type === 'text' || type === 'image' || type === 'edit' ? text : null,
      metaId,
      name: customer.name,
    } satisfies Written,
    item: {
      id: wamid,
      timestamp: String(at / 1000),
      type,
      ...(names === 'user' ? {} : { from: customer.phone }),
      ...(names === 'phone' ? {} : { from_user_id: customer.userId }),
      ...body,
    },
    contact: {
      profile: { name: customer.name },
      ...(names === 'user' ? {} : { wa_id: customer.phone }),
      ...(names === 'phone' ? {} : { user_id: customer.userId }),
    },
  };
}

const JONAS = { kind: 'agent', id: 'jonas' } as const;

/** What a client writes, and the rules let through: at once, and only on what is there. */
function commit({ database }: World, writes: readonly Write[]): void {
  const seen = new Map(writes.map(({ path }) => [path, database.read(path).version]));
  if (!database.commit(writes, seen)) throw new Error('A client wrote what is there already');
}

/** Takes, reads, answers, puts back: whatever Jonas may just now. */
function colleague(world: World, thread: Thread, id: string): void {
  const { simulation: sim } = world;
  const conversation = world.get(conversationPath(id)) as unknown as Conversation;
  const { assignee, assignment, status, inboundCount, windowExpiresAt } = conversation;
  if (status === 'resolved') return;
  if (assignee === null) return hold(world, id, assignment.version + 1, JONAS);
  if (sim.happens(0.5)) commit(world, [update(conversationPath(id), { readCount: inboundCount })]);
  if (sim.happens(0.05)) return byPhone(world, thread);
  if ((windowExpiresAt ?? 0) <= sim.now()) return;
  const many = sim.happens(0.2) ? 3 : 1;
  for (let index = 0; index < many; index += 1)
    answer(world, thread, id, assignment.version, conversation.caseNumber);
  if (sim.happens(0.05)) hold(world, id, assignment.version + 1, null);
}

/** A colleague answers on a phone with the WhatsApp Business app: Meta tells us of it. */
function byPhone({ simulation: sim, meta }: World, thread: Thread): void {
  const { customer, channelId } = thread;
  const wamid = `wamid.PHONE/${sim.newId()}==`;
  const text = `By phone ${wamid}`;
  const at = Math.floor(sim.now() / 1000) * 1000;
  thread.phases.at(-1)?.replies.push({
    entryId: idOf('echo', channelId, wamid),
    at,
    text,
    byPhone: true,
  });
  const item = {
    id: wamid,
    from: '15550100100',
    ...(customer.known === 'user' ? {} : { to: customer.phone }),
    ...(customer.known === 'phone' ? {} : { to_user_id: customer.userId }),
    timestamp: String(at / 1000),
    type: 'text',
    text: { body: text },
  };
  meta.tell(
    {
      name: `echo ${wamid}`,
      thread: thread.key,
      channelId,
      field: 'smb_message_echoes',
      list: 'message_echoes',
      item,
      contact: null,
      fate: null,
    },
    sim.happens(0.1) ? sim.between(0, 60_000) : 0,
  );
}

function hold(world: World, id: string, version: number, to: typeof JONAS | null): void {
  const at = world.simulation.now();
  const event = to === null ? releaseEntryId(version) : takeEntryId(version);
  commit(world, [
    update(conversationPath(id), { assignee: to, assignment: { version, at, by: 'jonas' } }),
    create(entryPath(id, event), {
      kind: 'event',
      type: to === null ? 'released' : 'taken',
      at,
      author: JONAS,
    }),
  ]);
}

function answer(world: World, thread: Thread, id: string, fence: number, caseNumber: number): void {
  const { simulation: sim } = world;
  const entryId = sim.newId();
  const at = sim.now();
  const text = `Reply ${entryId}`;
  const entry: DocumentData = {
    schemaVersion: 1,
    kind: 'outbound',
    state: 'queued',
    fence,
    at,
    caseNumber: sim.happens(0.5) ? caseNumber : 0,
    author: JONAS,
    type: 'text',
    text,
  };
  commit(world, [create(entryPath(id, entryId), entry)]);
  thread.phases.at(-1)?.replies.push({ entryId, at, text, byPhone: false });
  // Triggers come twice, late, or never.
  const wakes = sim.pick([1, 1, 1, 1, 1, 1, 2, 0]);
  for (let wake = 0; wake < wakes; wake += 1)
    sim.after(sim.happens(0.1) ? sim.between(0, 10_000) : sim.between(1, 100), () =>
      world.run('dispatch', (ports) => world.code.dispatch(ports, id)),
    );
}

/** Waits until nothing of a thread is on its way, and resolves it by the command. */
function closeThread(world: World, thread: Thread, id: string): void {
  const { simulation: sim } = world;
  thread.closing = true;
  const commandId = sim.newId();
  const wait = (): void => {
    sim.after(5_000, () => {
      if (!isAtRest(world, thread, id)) return wait();
      const { status, assignment } = world.get(conversationPath(id)) as unknown as Conversation;
      if (status === 'resolved' && thread.phases.at(-1)?.written.length === 0) return over(false);
      world.run(
        'command',
        (ports) =>
          world.code.command(
            ports,
            { uid: 'ravi', token: { r: 'admin', t: [], all: true } },
            { commandId, conversationId: id, type: 'resolve', expectedVersion: assignment.version },
          ),
        (ending) => {
          const code = 'value' in ending ? ending.value.code : 'busy';
          if (code === 'stale' || code === 'busy') return wait();
          over(code === 'ok');
        },
      );
    });
  };
  const over = (resolved: boolean): void => {
    if (resolved) thread.phases.push({ written: [], replies: [] });
    thread.closing = false;
  };
  wait();
}

/** Everything that Meta has told of it is processed, and every reply has its answer. */
export function isAtRest(world: World, thread: Thread, id: string): boolean {
  if (world.meta.outstanding(thread.key) + world.meta.outstanding(id) > 0) return false;
  const said = thread.phases.flatMap(({ written }) => written);
  const present = said.every(
    ({ wamid }) =>
      world.database.query({
        collection: 'timeline',
        everywhere: true,
        where: [['wamid', '==', wamid]],
        limit: 1,
      }).length > 0,
  );
  const answered = thread.phases
    .flatMap((phase) => phase.replies)
    .every(({ entryId }) => {
      const state = world.get(entryPath(id, entryId))?.['state'];
      if (state === undefined || state === 'queued' || state === 'sending') return false;
      const wamids = world.meta.sent.get(callbackData(id, entryId))?.wamids ?? [];
      return wamids.every((wamid) =>
        ['new', 'retry'].every(
          (fate) =>
            world.database.query({
              collection: 'journal',
              where: [
                ['wamid', '==', wamid],
                ['fate', '==', fate],
              ],
              limit: 1,
            }).length === 0,
        ),
      );
    });
  return present && answered;
}

/** What Meta tells beside: each must end where `fate` says. */
function noise(world: World, index: number, span: number): void {
  const { simulation: sim, meta } = world;
  const kinds = [
    {
      field: 'account_update',
      list: 'other',
      item: { event: `E${index}` },
      fate: 'parked unsupported-field',
    },
    {
      field: 'messages',
      list: 'statuses',
      item: { id: `wamid.OTHER${index}`, status: 'sent', timestamp: '1790000000' },
      fate: 'parked unknown-message',
    },
    {
      field: 'messages',
      list: 'statuses',
      item: { id: `wamid.OLD${index}`, status: 'warning', timestamp: '1790000000' },
      fate: 'ignored unsupported-status',
    },
    {
      field: 'messages',
      list: 'messages',
      item: { id: `wamid.NOBODY${index}`, type: 'text', text: { body: 'Who?' } },
      fate: 'parked no-sender',
    },
    {
      field: 'messages',
      list: 'messages',
      item: { id: `wamid.ELSE${index}`, from: '15559999999', type: 'text', text: { body: 'Hi' } },
      fate: 'parked unknown-number',
    },
  ] as const;
  const kind = kinds[index % kinds.length] ?? kinds[0];
  const channelId = kind.fate === 'parked unknown-number' ? '999' : sim.pick(CHANNELS);
  meta.tell(
    { ...kind, name: `noise ${index}: ${kind.fate}`, thread: null, channelId, contact: null },
    sim.random() * span,
  );
}
