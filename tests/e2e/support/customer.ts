import { expect } from '@playwright/test';
import { db, system } from './local-system.ts';

/** A message to a customer as the sandbox kept it. */
export interface Received {
  readonly wamid: string;
  readonly type: string;
  readonly state: string;
  readonly request: {
    readonly text?: { readonly body?: string };
    readonly [part: string]: unknown;
  };
}

/** What a customer's phone has. */
export interface CustomersFile {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  readonly filename?: string;
}

/** A customer of the sandbox with a number of their own. */
export interface Customer {
  readonly name: string;
  readonly from: string;
  /** Writes, and answers when the webhook has taken it. `at` is when it was written, epoch ms. */
  write(text: string, at?: number): Promise<void>;
  /** Sends a file: a photo, a document … as WhatsApp has it, with more of that message in `rest`. */
  sends(type: string, file: CustomersFile, rest?: object): Promise<void>;
  /** Sends any message as the webhook has it, without id, sender and time. */
  says(message: object): Promise<void>;
  /** Puts an emoji on a message; `null` takes it off again. */
  reacts(wamid: string, emoji: string | null): Promise<void>;
  /** Takes the phone off the net, or puts it back: only then is anything delivered. */
  goes(where: 'online' | 'offline'): Promise<void>;
  received(): Promise<readonly Received[]>;
  /** The address of this customer's phone. */
  readonly phone: string;
  /** The conversation's id, once it is there. */
  conversationId(): Promise<string>;
}

let serial = 0;

/** A customer nobody has seen before. Names are unique, so that a row can be found by its name. */
export function aCustomer(name: string): Customer {
  serial += 1;
  const unique = `${name} ${Date.now().toString(36).slice(-4)}${serial}`;
  const from = `1555${String(Date.now()).slice(-6)}${String(serial).padStart(2, '0')}`;
  let reactedAt = 0;
  const sends = async (message: object): Promise<void> => {
    const answer = await control('inbound', { from, name: unique, message });
    expect(((await answer.json()) as { status: number }).status).toBe(200);
  };
  return {
    name: unique,
    from,
    phone: `${system.sandbox}/phone?from=${from}`,
    write(text, at) {
      const timestamp = at === undefined ? {} : { timestamp: String(Math.floor(at / 1_000)) };
      return sends({ type: 'text', text: { body: text }, ...timestamp });
    },
    async sends(type, { bytes, ...about }, rest = {}) {
      const base64 = Buffer.from(bytes).toString('base64');
      const answer = await control('media', { ...about, base64 });
      const { id } = (await answer.json()) as { id: string };
      await sends({ type, [type]: { id, ...rest } });
    },
    says: sends,
    reacts(wamid, emoji) {
      // WhatsApp's times have whole seconds: two of the same second would have no order.
      reactedAt = Math.max(reactedAt + 1, Math.floor(Date.now() / 1_000));
      return sends({
        type: 'reaction',
        reaction: { message_id: wamid, ...(emoji === null ? {} : { emoji }) },
        timestamp: String(reactedAt),
      });
    },
    async goes(where) {
      const answer = await control('customers', { from, online: where === 'online' });
      expect(answer.status).toBe(200);
    },
    async received() {
      return (await (
        await fetch(`${system.sandbox}/_sandbox/outbound?to=${from}`)
      ).json()) as Received[];
    },
    async conversationId() {
      let id = '';
      await expect(async () => {
        const found = await db
          .collection('conversations')
          .where('contact.name', '==', unique)
          .get();
        id = found.docs[0]?.id ?? '';
        expect(id).not.toBe('');
      }).toPass();
      return id;
    },
  };
}

/** Posts to the sandbox's control interface. */
export const control = (path: string, body: object): Promise<Response> =>
  fetch(`${system.sandbox}/_sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
