/**
 * The webhook's handler behind a plain HTTP server, without any emulator of functions before it: its
 * own process, as an instance in production is. Asks its parent for the drain of what it left over.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { portsOn, webhook } from '@switchboard/functions/testing';
import { required } from '../lib/row.ts';

/** What the process tells its parent. */
export type FromServer =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'drain'; readonly receiptId: string }
  | { readonly kind: 'trouble'; readonly event: string }
  | { readonly kind: 'cpu'; readonly ms: number };

const tell = (message: FromServer): void => void process.send?.(message);

const { ports } = portsOn(required('BENCH_PROJECT'), {
  tasks: {
    drain: (receiptId) => Promise.resolve(tell({ kind: 'drain', receiptId })),
    bringMedia: () => Promise.resolve(),
    sweep: () => Promise.resolve(),
  },
  log: {
    info: () => undefined,
    error: (event, { error } = {}) =>
      tell({ kind: 'trouble', event: typeof error === 'string' ? `${event} ${error}` : event }),
  },
});

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const server = createServer((request, response) => {
  void (async () => {
    const signature = request.headers['x-hub-signature-256'];
    const answer = await webhook(ports, [], {
      method: request.method ?? '',
      url: request.url ?? '/',
      signature: typeof signature === 'string' ? signature : undefined,
      body: await bodyOf(request),
    });
    response.writeHead(answer.status, { 'content-type': 'text/plain' }).end(answer.body);
  })();
});

// A generator that stalls must not find its connections closed: that would count as the handler's fault.
server.keepAliveTimeout = 120_000;
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () =>
  tell({ kind: 'listening', port: (server.address() as AddressInfo).port }),
);
// Whatever the parent says, it asks what the process has used so far.
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  tell({ kind: 'cpu', ms: (user + system) / 1000 });
});
process.on('disconnect', () => process.exit(0));
