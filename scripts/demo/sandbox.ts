/** Tells the sandbox who the demo's customers are and what they sent, so that its phones show it. */
import { FILES, type DemoFile } from './files.ts';
import type { Played } from './play.ts';

/**
 * Gives the sandbox at `url` every file of the demo, from where the functions bring it like any other.
 * Comes before the documents: what Meta does not know is not asked for again. Throws where the sandbox
 * refuses.
 */
export async function giveFiles(url: string): Promise<void> {
  await Promise.all([...FILES.values()].map((file) => giveFile(url, file)));
}

const giveFile = (url: string, { id, mimeType, bytes }: DemoFile): Promise<void> =>
  post(`${url}/_sandbox/media`, { id, mimeType, base64: bytes.toString('base64') });

/**
 * Makes every customer known to the sandbox at `url`, with their own messages under the same ids, which
 * also opens the window there. Nothing is sent to the webhook. Throws where the sandbox refuses.
 */
export async function fillSandbox(url: string, customers: readonly Played[]): Promise<void> {
  await Promise.all(customers.map((played) => fillPhone(url, played)));
}

async function fillPhone(url: string, { customer, written }: Played): Promise<void> {
  const { phone: from, name, username, phoneHidden } = customer;
  await post(`${url}/_sandbox/customers`, { from, name, username, phoneHidden });
  const messages = written.map(({ wamid, at, item }) => ({
    ...item,
    id: wamid,
    timestamp: String(at / 1000),
  }));
  await post(`${url}/_sandbox/inbound`, { from, messages, silent: true });
}

async function post(url: string, body: object): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok)
    throw new Error(`The sandbox answered ${answer.status} at ${url}: ${await answer.text()}`);
}
