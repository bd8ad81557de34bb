import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to the next question, before everything is well again. */
export type MediaFault =
  | { readonly at: 'find' | 'open'; readonly status: number; readonly body?: object }
  /** The bytes break off in the middle. */
  | { readonly at: 'open'; readonly breaksOff: true }
  /** Other bytes than those that were promised. */
  | { readonly at: 'open'; readonly bytes: Uint8Array };

/** A file server like Meta's: an id leads to an address, the address to bytes. */
export interface MetaMedia {
  readonly url: string;
  /** Puts a file there; answers what a webhook says of it. */
  add(id: string, bytes: Uint8Array, mimeType: string): object;
  fail(...faults: readonly MediaFault[]): void;
  /** Questions so far. */
  readonly asked: { find: number; open: number };
  close(): Promise<void>;
}

interface Held {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
}

/** Starts one on a port of its own. */
export async function aMetaMedia(): Promise<MetaMedia> {
  const files = new Map<string, Held>();
  const faults: MediaFault[] = [];
  const asked = { find: 0, open: 0 };
  let url = '';
  const takeFault = (at: MediaFault['at']): MediaFault | undefined => {
    const index = faults.findIndex((fault) => fault.at === at);
    return index < 0 ? undefined : faults.splice(index, 1)[0];
  };
  const json = (response: ServerResponse, status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(`http://x${request.url}`);
    const opens = pathname.startsWith('/files/');
    const at = opens ? 'open' : 'find';
    asked[at] += 1;
    const id = decodeURIComponent(pathname.split('/').at(-1) ?? '');
    const fault = takeFault(at);
    const held = files.get(id);
    if (fault && 'status' in fault) json(response, fault.status, fault.body ?? {});
    else if (held === undefined) json(response, 400, { error: { code: 100 } });
    else if (!opens) json(response, 200, about(id, held));
    else if (fault && 'breaksOff' in fault) {
      response.writeHead(200, { 'content-length': held.bytes.length });
      response.write(held.bytes.subarray(0, held.bytes.length / 2), () => response.destroy());
    } else response.end(fault ? fault.bytes : held.bytes);
  });
  const about = (id: string, { bytes, mimeType }: Held) => ({
    messaging_product: 'whatsapp',
    id,
    url: `${url}/files/${encodeURIComponent(id)}`,
    mime_type: mimeType,
    file_size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    add(id, bytes, mimeType) {
      files.set(id, { bytes, mimeType });
      const sha256 = createHash('sha256').update(bytes).digest('base64');
      return { id, mime_type: mimeType, sha256 };
    },
    fail: (...more) => void faults.push(...more),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
