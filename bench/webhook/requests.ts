/** Webhook requests as Meta sends them: bodies of customers' messages, signed. */
import { TEST_APP_SECRET } from '@switchboard/functions/testing';
import {
  DEMO_NUMBER,
  encodeBody,
  inboundUpdate,
  signature,
  userIdOf,
  webhookBody,
  type Customer,
} from '@switchboard/sandbox';
import type { PlannedMessage } from './traffic.ts';

/** A body and the value of its `X-Hub-Signature-256`. */
export interface SignedBody {
  readonly body: string;
  readonly signature: string;
}

const customer = (index: number): Customer => {
  const phone = `1555${String(index).padStart(7, '0')}`;
  return {
    phone,
    userId: userIdOf(DEMO_NUMBER.wabaId, phone),
    name: `Customer ${index}`,
    username: null,
    phoneHidden: false,
    online: true,
    sharesRead: true,
  };
};

/** One request with these messages. `start`: what `writtenAt` counts from, epoch ms. */
export function signedBody(messages: readonly PlannedMessage[], start: number): SignedBody {
  const body = encodeBody(
    webhookBody(
      messages.map((message) =>
        inboundUpdate(DEMO_NUMBER, customer(message.customer), {
          wamid: message.wamid,
          at: start + message.writtenAt,
          item: { type: 'text', text: { body: `Message ${message.wamid}` } },
        }),
      ),
    ),
  );
  return { body, signature: signature(body, TEST_APP_SECRET) };
}
