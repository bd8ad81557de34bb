/** The real ingest: the webhook's handler with everything behind it, in this process, without HTTP. */
import { drain, portsOn, webhook, type Ports } from '@switchboard/functions/testing';
import { signedBody } from '../webhook/requests.ts';
import type { Batch } from './batches.ts';
import { counted, type Counts } from './counted.ts';

/** A batch as a request that is ready to be received: making it is no part of what is measured. */
export type Receive = () => Promise<void>;

/**
 * Receives batches, one call each, and what an answer left over at once after it: what is counted is
 * what was written, not what was answered.
 */
export function realOn(project: string, counts: Counts): (batch: Batch) => Receive {
  const left = new Set<string>();
  const { ports: uncounted } = portsOn(project, {
    tasks: {
      drain: (receiptId) => Promise.resolve(void left.add(receiptId)),
      bringMedia: () => Promise.resolve(),
      sweep: () => Promise.resolve(),
    },
  });
  const ports: Ports = { ...uncounted, store: counted(uncounted.store, counts) };
  return (batch) => {
    const { body, signature } = signedBody(batch, Date.now());
    const bytes = Buffer.from(body);
    return async () => {
      const request = { method: 'POST', url: '/whatsapp/webhook', signature, body: bytes };
      const { status } = await webhook(ports, [], request);
      if (status !== 200) throw new Error(`The webhook answered ${status}.`);
      for (const receiptId of left) {
        left.delete(receiptId);
        await drain(ports, receiptId);
      }
    };
  };
}
