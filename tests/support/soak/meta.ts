/**
 * Meta as a model: takes sends and fails them in every way of the Graph API, tells messages and
 * statuses by signed webhooks at least once, in any order and in any batches.
 */
import { createHmac } from 'node:crypto';
import type { Json } from '@switchboard/domain';
import type { GraphAnswer } from '@switchboard/functions/testing';
import { shuffled } from '../random.ts';
import type { Simulation } from './simulation.ts';

/** The app secret that Meta signs with here. */
export const APP_SECRET = 'soak-app-secret';

/** Something that Meta has to tell, as one item of a webhook. */
export interface Update {
  /** Names it in a report. */
  readonly name: string;
  /** The thread that it is about; `null` for what is about none. */
  readonly thread: string | null;
  readonly channelId: string;
  readonly field: string;
  readonly list: 'messages' | 'statuses' | 'message_echoes' | 'other';
  readonly item: Json;
  readonly contact: Json | null;
  /** What must become of it, where that does not follow from a thread. */
  readonly fate: string | null;
  /** A webhook with it was answered 200. */
  acknowledged: boolean;
}

/** What Meta knows of one reply. */
export interface Sent {
  readonly callback: string;
  readonly text: string;
  /** The wamid of every time that Meta took it. */
  readonly wamids: string[];
  /** Every status that Meta told or is about to tell, `silent` those without callback data. */
  readonly statuses: { readonly state: string; readonly silent: boolean }[];
  /** An answer was lost, or said nothing of what became of it. */
  doubtful: boolean;
  /** Something that is never mended by sending again. */
  refused: boolean;
  calls: number;
}

/** An answer of the Graph API, and how long it takes to come, ms. */
export interface SlowAnswer {
  readonly answer: GraphAnswer;
  readonly ms: number;
}

/** Hands a signed body over; `answered` is told the HTTP status, or `null` where the line broke. */
export type Post = (
  body: Uint8Array,
  signature: string,
  answered: (status: number | null) => void,
) => void;

/** How much of what Meta does goes wrong. */
export interface Manners {
  /** Share of sends that fail. */
  readonly failing: number;
  /** Share of deliveries that come again after their 200. */
  readonly repeating: number;
  /** True while no request of ours reaches Meta. */
  readonly away: () => boolean;
}

export interface Meta {
  readonly updates: readonly Update[];
  /** By callback data. */
  readonly sent: ReadonlyMap<string, Sent>;
  tell(update: Omit<Update, 'acknowledged'>, ms: number): void;
  receive(channelId: string, body: Json): SlowAnswer;
  /** How many updates of a thread, or of all, nobody has acknowledged. */
  outstanding(thread?: string): number;
}

const refused = (code: number | null, httpStatus: number): GraphAnswer => ({
  kind: 'refused',
  httpStatus,
  code,
  title: `(#${code})`,
  details: '',
});

/** Refused before anything was processed: may be sent again. */
const LIMITS = [4, 80007, 130429, 131056, 131057];
/** Refused for good. */
const TOKEN_DEAD = 190;
const FINAL = [131047, 131026, TOKEN_DEAD, 100, 131049, 368];
/** Trouble at Meta: it may have gone out. */
const TROUBLE = [1, 2, 131000, 131016];

/** Ways of a message after it was taken, as often as they stand here. */
const WAYS: readonly (readonly string[])[] = [
  ['sent', 'delivered', 'read'],
  ['sent', 'delivered', 'read'],
  ['sent', 'delivered'],
  ['sent', 'read'],
  ['delivered'],
  ['sent'],
  ['sent', 'failed'],
  ['failed'],
  ['sent', 'failed', 'delivered'],
  [],
];

export function modelMeta(simulation: Simulation, manners: Manners, post: Post): Meta {
  const { after, between, happens, pick } = simulation;
  const updates: Update[] = [];
  const sent = new Map<string, Sent>();
  const waiting = new Map<string | null, number>();
  let outbox: Update[] = [];

  const flush = (): void => {
    const due = happens(0.3) ? shuffled(outbox, simulation.random) : outbox;
    outbox = [];
    for (let start = 0; start < due.length;) {
      const size = happens(0.02) ? 200 : between(1, 20);
      const batch = due.slice(start, start + size);
      start += size;
      after(happens(0.1) ? between(0, 20_000) : between(0, 50), () => deliver(batch, 0));
    }
  };
  const tell = (update: Update): void => {
    if (outbox.length === 0) after(between(0, 300), flush);
    outbox.push(update);
  };

  const deliver = (batch: readonly Update[], tries: number): void => {
    const twice = happens(0.03) ? [...batch, pick(batch)] : batch;
    const body = Buffer.from(escaped(JSON.stringify(bodyOf(twice))));
    const signature = `sha256=${createHmac('sha256', APP_SECRET).update(body).digest('hex')}`;
    let over = false;
    const again = (): void => {
      if (over) return;
      over = true;
      after(Math.min(60_000, 1_000 * 2 ** tries) + between(0, 1_000), () =>
        deliver(batch, tries + 1),
      );
    };
    after(20_000, again);
    post(body, signature, (status) => {
      if (status !== 200) return again();
      batch.forEach(acknowledge);
      if (over) return;
      over = true;
      if (happens(manners.repeating))
        after(between(0, 60_000), () => deliver(happens(0.5) ? batch : part(batch), 0));
    });
  };
  const part = (batch: readonly Update[]): readonly Update[] =>
    [pick(batch), pick(updates)].filter((update, at, all) => all.indexOf(update) === at);
  const acknowledge = (update: Update): void => {
    if (update.acknowledged) return;
    update.acknowledged = true;
    count(update, -1);
  };
  const count = ({ thread }: Update, by: number): void => {
    for (const key of thread === null ? [null] : [null, thread])
      waiting.set(key, (waiting.get(key) ?? 0) + by);
  };

  const add = (update: Omit<Update, 'acknowledged'>, ms: number): void => {
    const whole = { ...update, acknowledged: false };
    updates.push(whole);
    count(whole, 1);
    after(ms, () => tell(whole));
  };

  const accept = (one: Sent, channelId: string, thread: string): string => {
    const wamid = `wamid.OUT${one.callback.slice(-12)}.${one.wamids.length}/${channelId}==`;
    one.wamids.push(wamid);
    let ms = 0;
    pick(WAYS).forEach((state, index) => {
      const silent = happens(0.02);
      one.statuses.push({ state, silent });
      ms += happens(0.1) ? between(0, 30_000) : between(0, 200);
      const at = Math.floor(simulation.now() / 1000) + index;
      const item = {
        id: wamid,
        status: state,
        timestamp: String(at),
        ...(silent ? {} : { biz_opaque_callback_data: one.callback }),
        ...(state === 'failed' ? { errors: [{ code: 131026, title: 'Undeliverable' }] } : {}),
      };
      add(
        {
          name: `${state} of ${wamid}`,
          thread,
          channelId,
          field: 'messages',
          list: 'statuses',
          item,
          contact: null,
          fate: null,
        },
        ms,
      );
    });
    return wamid;
  };

  const answerTo = (one: Sent, channelId: string, thread: string): SlowAnswer => {
    if (manners.away()) return { answer: { kind: 'unreachable' }, ms: 0 };
    if (!happens(manners.failing))
      return {
        answer: { kind: 'accepted', wamid: accept(one, channelId, thread) },
        ms: between(1, 400),
      };
    const maybeTaken = (): void => {
      one.doubtful = true;
      if (happens(0.5)) accept(one, channelId, thread);
    };
    switch (between(0, 6)) {
      case 0:
      case 1:
        return { answer: refused(pick(LIMITS), 400), ms: between(1, 100) };
      case 2:
        return { answer: { kind: happens(0.8) ? 'unreachable' : 'no-token' }, ms: between(1, 100) };
      case 3: {
        const code = pick(FINAL);
        // What met a dead token waits, and may be refused as stale by the time that it works again.
        one.refused ||= code !== TOKEN_DEAD;
        return { answer: refused(code, 400), ms: between(1, 100) };
      }
      case 4:
        maybeTaken();
        return { answer: refused(happens(0.5) ? null : pick(TROUBLE), 503), ms: between(1, 5_000) };
      case 5:
        maybeTaken();
        return { answer: refused(pick(TROUBLE), 400), ms: between(1, 500) };
      default:
        maybeTaken();
        return { answer: { kind: 'lost' }, ms: 20_000 };
    }
  };

  return {
    updates,
    sent,
    tell: add,
    receive(channelId, body) {
      const callback = String(body['biz_opaque_callback_data']);
      const text = String((body['text'] as Json)['body']);
      const one: Sent = sent.get(callback) ?? {
        callback,
        text,
        wamids: [],
        statuses: [],
        doubtful: false,
        refused: false,
        calls: 0,
      };
      one.calls += 1;
      sent.set(callback, one);
      return answerTo(one, channelId, callback.split(':')[1]?.split('/')[0] ?? '');
    },
    outstanding: (thread) => waiting.get(thread ?? null) ?? 0,
  };
}

/** A webhook body with these updates: a change for each number, field and sender. */
function bodyOf(batch: readonly Update[]): Json {
  const changes = new Map<string, { field: string; value: Record<string, unknown> }>();
  for (const { channelId, field, list, item, contact, name } of batch) {
    const key = JSON.stringify([channelId, field, contact, list === 'other' ? name : '']);
    const change = changes.get(key) ?? {
      field,
      value:
        list === 'other'
          ? { ...item }
          : {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '15550100100', phone_number_id: channelId },
              ...(contact === null ? {} : { contacts: [contact] }),
            },
    };
    if (list !== 'other')
      change.value[list] = [...((change.value[list] as Json[] | undefined) ?? []), item];
    changes.set(key, change);
  }
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: '200000000000001', changes: [...changes.values()] }],
  };
}

/** Meta writes and signs what is not ASCII as `\uXXXX`. */
const escaped = (json: string): string =>
  json.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
