import { messageBody, type Json, type MessageParts } from '@switchboard/domain';
import { aTemplate } from '@switchboard/domain/testing';

/** A body of ours, of a kind that a person can send; the name says what is particular to it. */
export interface Request {
  readonly name: string;
  readonly body: Json;
}

const PHONE: Json = { recipient_type: 'individual', to: '+15550123456' };

/** What the requests name: messages that are there, and uploads of each kind. */
export interface Named {
  readonly wamid: string;
  readonly userId: string;
  readonly media: Readonly<Record<'image' | 'video' | 'audio' | 'document' | 'sticker', string>>;
}

function bodyOf(parts: Partial<MessageParts> & Pick<MessageParts, 'type'>): Json {
  const made = messageBody({
    text: '',
    content: {},
    to: PHONE,
    quotedWamid: undefined,
    callback: 'sb1:conversation/entry',
    mediaId: null,
    template: null,
    prefix: '',
    ...parts,
  });
  if (!made.ok) throw new Error(`No ${parts.type}: ${made.failure}`);
  return made.body;
}

const rows = [
  { id: 'am', title: 'Morning', description: '8 to 12' },
  { id: 'pm', title: 'Afternoon' },
];
const cards = Array.from({ length: 6 }, (_, n) => ({
  name: `Technician ${n}`,
  firstName: 'Technician',
  lastName: String(n),
  company: 'Kestrel Appliances',
  phones: [{ phone: '+15550100101', type: 'CELL', waId: '15550100101' }],
  emails: [{ email: 'help@kestrel.example', type: 'WORK' }],
}));
const order = aTemplate({
  name: 'order_update',
  header: { kind: 'DOCUMENT', text: '' },
  body: 'Hello {{1}}, the part for order {{2}} has arrived. The invoice is above.',
  buttons: [{ type: 'URL', text: 'Track', url: 'https://kestrel.example/orders/{{1}}' }],
});
const appointment = aTemplate({
  name: 'appointment_confirmation',
  format: 'named',
  body: 'Hello {{customer_name}}, please confirm the visit for your {{appliance}} on {{visit_day}}.',
});
const values = (body: readonly string[], buttons: readonly string[] = []) => ({
  templateId: '1',
  values: { header: [], body, buttons },
});

/** Every kind of request that our dispatcher makes, by the domain's own builders. */
export function ourRequests({ wamid, userId, media }: Named): readonly Request[] {
  const { image, video, audio, document, sticker } = media;
  const interactive = (content: object) =>
    bodyOf({ type: 'interactive', text: 'Which day?', content });
  const around = { header: 'Visit', footer: 'Kestrel Appliances' };
  return [
    { name: 'text', body: bodyOf({ type: 'text', text: 'Hi https://kestrel.example' }) },
    {
      name: 'text that quotes, to a user id',
      body: bodyOf({
        type: 'text',
        text: 'Hi',
        quotedWamid: wamid,
        to: { recipient_type: 'individual', recipient: userId },
      }),
    },
    { name: 'image', body: bodyOf({ type: 'image', text: 'Here', mediaId: image }) },
    { name: 'video', body: bodyOf({ type: 'video', mediaId: video }) },
    { name: 'audio', body: bodyOf({ type: 'audio', mediaId: audio }) },
    {
      name: 'voice message',
      body: bodyOf({ type: 'audio', content: { voice: true }, mediaId: audio }),
    },
    {
      name: 'document',
      body: bodyOf({ type: 'document', content: { filename: 'a.pdf' }, mediaId: document }),
    },
    { name: 'sticker', body: bodyOf({ type: 'sticker', mediaId: sticker }) },
    {
      name: 'location',
      body: bodyOf({
        type: 'location',
        content: { latitude: 38.7, longitude: -9.1, name: 'Workshop', address: 'Rua Augusta 1' },
      }),
    },
    { name: 'six contacts', body: bodyOf({ type: 'contacts', content: { cards } }) },
    {
      name: 'reaction',
      body: bodyOf({ type: 'reaction', content: { emoji: '👍' }, quotedWamid: wamid }),
    },
    {
      name: 'reaction taken back',
      body: bodyOf({ type: 'reaction', content: { emoji: '' }, quotedWamid: wamid }),
    },
    {
      name: 'buttons',
      body: interactive({ kind: 'button', ...around, buttons: [{ id: 'y', title: 'Yes' }] }),
    },
    {
      name: 'list with long words',
      body: bodyOf({
        type: 'interactive',
        text: 'x'.repeat(4096),
        content: {
          kind: 'list',
          ...around,
          button: 'Times',
          sections: [{ title: 'Friday', rows }],
        },
      }),
    },
    {
      name: 'link',
      body: interactive({ kind: 'cta_url', label: 'See prices', url: 'https://kestrel.example/' }),
    },
    { name: 'location request', body: interactive({ kind: 'location_request_message' }) },
    {
      name: 'template by place',
      body: bodyOf({
        type: 'template',
        template: aTemplate(),
        content: values(['Peter', 'Forno 60 oven']),
      }),
    },
    {
      name: 'template with a document and a link',
      body: bodyOf({
        type: 'template',
        template: order,
        mediaId: document,
        content: values(['Noor', 'K20418'], ['K20418']),
      }),
    },
    {
      name: 'template by name',
      body: bodyOf({
        type: 'template',
        template: appointment,
        content: values(['Noor', 'fridge', 'Friday']),
      }),
    },
  ];
}
