/** What mutations begin with: real bodies where they are, and built ones of every kind. */
import { numbersOf, PAYLOADS, PAYLOADS_ARE_HERE, readPayloads } from '../../corpus/payloads.ts';
import { aDelivery, aSender, aText } from '../payloads.ts';

const typed = (type: string, body: object) => {
  const { text: _, ...message } = aText('');
  return { ...message, type, [type]: body };
};

const card = {
  name: { formatted_name: 'Ana Lima', first_name: 'Ana' },
  org: { company: 'Kestrel', title: 'Clerk' },
  phones: [{ phone: '+351 912 000 408', wa_id: '351912000408', type: 'CELL' }],
  emails: [{ email: 'ana@example.test', type: 'WORK' }],
  addresses: [{ street: 'Rua 1', city: 'Porto', country: 'PT' }],
  urls: [{ url: 'https://example.test', type: 'WORK' }],
};

/** A message of every kind that has a reader, and a few that have none. */
const messages = [
  aText('Hello'),
  { ...aText('Quoted'), context: { from: '15550100100', id: 'wamid.Q', forwarded: true } },
  { ...aText('From an ad'), referral: { source_url: 'https://example.test', source_type: 'ad' } },
  typed('image', { id: '1', mime_type: 'image/jpeg', sha256: 'x'.repeat(44), caption: 'Here' }),
  typed('document', { id: '2', mime_type: 'application/pdf', filename: 'Ordér.pdf' }),
  typed('audio', { id: '3', mime_type: 'audio/ogg; codecs=opus', voice: true }),
  typed('location', { latitude: 1.5, longitude: -2.5, name: 'Here', address: 'Rua 1' }),
  typed('contacts', [card, card]),
  typed('interactive', { type: 'button_reply', button_reply: { id: 'a', title: 'Yes' } }),
  typed('interactive', {
    type: 'nfm_reply',
    nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"a":[1]}' },
  }),
  typed('interactive', {
    type: 'call_permission_reply',
    call_permission_reply: { response: 'accept', expiration_timestamp: '1790000000' },
  }),
  typed('order', {
    catalog_id: '9',
    text: 'Two',
    product_items: [{ product_retailer_id: 'k', quantity: 2, item_price: '3.50', currency: 'EUR' }],
  }),
  typed('reaction', { message_id: 'wamid.Q', emoji: '👍' }),
  typed('system', {
    type: 'user_changed_number',
    body: 'User A changed from 1 to 2',
    wa_id: '15550000009',
  }),
  typed('edit', {
    original_message_id: 'wamid.Q',
    message: { type: 'text', text: { body: 'No' } },
  }),
  typed('revoke', { original_message_id: 'wamid.Q' }),
  typed('button', { payload: 'p', text: 'Go' }),
  typed('poll', { question: 'Which?' }),
  {
    ...aText('x'),
    type: 'unsupported',
    errors: [{ code: 131051, title: 'Unknown', error_data: { details: 'd' } }],
  },
];

const status = (name: string) => ({
  id: 'wamid.OUT',
  status: name,
  timestamp: '1790000000',
  recipient_id: '15550123456',
  biz_opaque_callback_data: 'sb1:c/e',
  errors: [{ code: 131026, title: 'Undeliverable', error_data: { details: 'd' } }],
});

const change = (field: string, value: object) => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '200000000000001', time: 1_790_000_000, changes: [{ field, value }] }],
});

const metadata = { display_phone_number: '15550100100', phone_number_id: '100000000000001' };

const built = (): readonly unknown[] => [
  ...messages.map((message) => aDelivery({ contacts: [aSender()], messages: [message] })),
  aDelivery({ contacts: [aSender(), aSender('15550000002', 'Ana')], messages }),
  aDelivery({ statuses: ['sent', 'delivered', 'read', 'played', 'failed', 'warning'].map(status) }),
  change('smb_message_echoes', {
    metadata,
    message_echoes: [{ ...aText('By phone'), from: '15550100100', to: '15550123456' }],
  }),
  change('history', { metadata, history: [{ threads: [{ id: '1', messages }] }], messages }),
  change('account_update', { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE' } }),
  change('message_template_status_update', {
    // Beyond what a number holds: a mark that becomes these digits in the text.
    message_template_id: '@@9007199254740993@@',
    event: 'APPROVED',
  }),
];

/** Bodies and their numbers, and a sentence about where they are from. */
export function fuzzBodies(): {
  readonly bodies: readonly unknown[];
  readonly numbers: readonly string[];
  readonly from: string;
} {
  const real = PAYLOADS_ARE_HERE ? readPayloads().map(({ body }) => body) : [];
  const bodies = [...built(), ...real];
  const from = PAYLOADS_ARE_HERE
    ? `${real.length} real bodies and ${built().length} built ones`
    : `${built().length} built bodies (there is no ${PAYLOADS}, so no real ones)`;
  return { bodies, numbers: [...new Set(bodies.flatMap(numbersOf))], from };
}
