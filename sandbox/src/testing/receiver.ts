import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { textOf, type JsonObject } from '../model.ts';

/** One POST that the webhook received. */
export interface Received {
  raw: string;
  headers: IncomingHttpHeaders;
  body: JsonObject;
}

/** An item with its place flattened out: the change's value and one element of its list. */
export interface ReceivedItem {
  kind: 'messages' | 'statuses';
  item: JsonObject;
  value: JsonObject;
}

/** A business's webhook that keeps what it gets and answers what it is told to. */
export interface Receiver {
  url: string;
  received: Received[];
  /** Answers for the next POSTs; 200 when there are none left. */
  answers: number[];
  items: () => ReceivedItem[];
  /** Statuses of a message in the order of their arrival. */
  statusesOf: (wamid: string) => string[];
  stop: () => Promise<void>;
}

/** Starts a webhook on a free port. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      received.push({ raw, headers: request.headers, body: JSON.parse(raw) as JsonObject });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const items = (): ReceivedItem[] => received.flatMap((post) => itemsOf(post.body));
  return {
    url: `http://127.0.0.1:${port}/whatsapp/webhook`,
    received,
    answers,
    items,
    statusesOf: (wamid) =>
      items()
        .filter(({ kind, item }) => kind === 'statuses' && item.id === wamid)
        .map(({ item }) => textOf(item.status)),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Every message and status of a webhook body. */
export function itemsOf(body: JsonObject): ReceivedItem[] {
  const entries = body.entry as { changes: { value: JsonObject }[] }[];
  return entries.flatMap((entry) =>
    entry.changes.flatMap(({ value }) =>
      (['messages', 'statuses'] as const).flatMap((kind) =>
        ((value[kind] ?? []) as JsonObject[]).map((item) => ({ kind, item, value })),
      ),
    ),
  );
}
