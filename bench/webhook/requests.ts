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

/** What a planned message says, as the `messages[]` item that it is. */
export type ItemOf = (message: PlannedMessage) => { readonly type: string };

export const aText: ItemOf = ({ wamid }) => ({ type: 'text', text: { body: `Message ${wamid}` } });
export const anImage: ItemOf = ({ wamid }) => ({
  type: 'image',
  image: { id: wamid, mime_type: 'image/jpeg', caption: `Message ${wamid}` },
});

/** One request with these messages. `start`: what `writtenAt` counts from, epoch ms. */
export function signedBody(
  messages: readonly PlannedMessage[],
  start: number,
  item: ItemOf = aText,
): SignedBody {
  const body = encodeBody(
    webhookBody(
      messages.map((message) =>
        inboundUpdate(DEMO_NUMBER, customer(message.customer), {
          wamid: message.wamid,
          at: start + message.writtenAt,
          item: item(message),
        }),
      ),
    ),
  );
  return { body, signature: signature(body, TEST_APP_SECRET) };
}
