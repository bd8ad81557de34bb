import { templateIdOf, type Template } from '../graph/template.ts';
import type { JsonObject } from '../model.ts';

const body = (text: string, ...samples: string[]): JsonObject => ({
  type: 'BODY',
  text,
  ...(samples.length === 0 ? {} : { example: { body_text: [samples] } }),
});
const named = (text: string, samples: Record<string, string>): JsonObject => ({
  type: 'BODY',
  text,
  example: {
    body_text_named_params: Object.entries(samples).map(([param_name, example]) => ({
      param_name,
      example,
    })),
  },
});
const title = (text: string, ...samples: string[]): JsonObject => ({
  type: 'HEADER',
  format: 'TEXT',
  text,
  ...(samples.length === 0 ? {} : { example: { header_text: samples } }),
});
const header = (format: 'IMAGE' | 'VIDEO' | 'DOCUMENT' | 'LOCATION', sample = ''): JsonObject => ({
  type: 'HEADER',
  format,
  ...(sample === '' ? {} : { example: { header_handle: [sample] } }),
});
const footer = (text: string): JsonObject => ({ type: 'FOOTER', text });
const buttons = (...all: JsonObject[]): JsonObject => ({ type: 'BUTTONS', buttons: all });
const reply = (text: string): JsonObject => ({ type: 'QUICK_REPLY', text });
const link = (text: string, url: string, ...example: string[]): JsonObject => ({
  type: 'URL',
  text,
  url,
  ...(example.length === 0 ? {} : { example }),
});
const call = (text: string): JsonObject => ({
  type: 'PHONE_NUMBER',
  text,
  phone_number: '+15550100100',
});

type Draft = Pick<Template, 'name' | 'language' | 'category' | 'components'> & Partial<Template>;

const FOLLOW_UP: Draft[] = [
  {
    name: 'follow_up_after_repair',
    language: 'en',
    category: 'UTILITY',
    components: [
      body(
        'Hello {{1}}, we repaired your {{2}} last week. Is everything working as it should?',
        'Peter',
        'Forno 60 oven',
      ),
      buttons(reply('Yes, all good'), reply('No, call me')),
    ],
  },
  {
    name: 'follow_up_after_repair',
    language: 'es',
    category: 'UTILITY',
    components: [
      body(
        'Hola, {{1}}: reparamos su {{2}} la semana pasada. ¿Funciona todo como debe?',
        'Pedro',
        'horno Forno 60',
      ),
      buttons(reply('Sí, todo bien'), reply('No, llámenme')),
    ],
  },
  {
    name: 'follow_up_after_repair',
    language: 'pt_BR',
    category: 'UTILITY',
    components: [
      body(
        'Olá, {{1}}! Consertamos seu {{2}} na semana passada. Está tudo funcionando bem?',
        'Pedro',
        'forno Forno 60',
      ),
      buttons(reply('Sim, tudo certo'), reply('Não, me liguem')),
    ],
  },
];

const VISITS: Draft[] = [
  {
    name: 'visit_booked',
    language: 'en',
    category: 'UTILITY',
    components: [
      title('Your visit is booked'),
      body(
        'Hello {{1}}, our technician comes on {{2}} between {{3}}. Please keep the way to the appliance free.',
        'Peter',
        'Tuesday 24 November',
        '9 and 11',
      ),
      footer('Kestrel Appliances, repairs at home'),
      buttons(reply('Another time'), call('Call us')),
    ],
  },
  {
    name: 'visit_booked',
    language: 'es',
    category: 'UTILITY',
    components: [
      title('Su visita está reservada'),
      body(
        'Hola, {{1}}: nuestro técnico va el {{2}} entre las {{3}}. Deje libre el paso al aparato, por favor.',
        'Pedro',
        'martes 24 de noviembre',
        '9 y las 11',
      ),
      footer('Kestrel Appliances, reparaciones a domicilio'),
      buttons(reply('Otro día'), call('Llamar')),
    ],
  },
  {
    name: 'appointment_confirmation',
    language: 'en',
    category: 'UTILITY',
    parameterFormat: 'NAMED',
    components: [
      named(
        'Hello {{customer_name}}, please confirm the visit for your {{appliance}} on {{visit_day}}, or tell us another day.',
        { customer_name: 'Noor', appliance: 'washing machine', visit_day: 'Friday' },
      ),
      buttons(reply('Confirm'), reply('Cancel')),
    ],
  },
  {
    name: 'appointment_confirmation',
    language: 'pt_BR',
    category: 'UTILITY',
    parameterFormat: 'NAMED',
    components: [
      named(
        'Olá, {{customer_name}}! Confirme a visita para {{appliance}} em {{visit_day}}, por favor.',
        { customer_name: 'Noor', appliance: 'a lavadora', visit_day: 'sexta-feira' },
      ),
      buttons(reply('Confirmar'), reply('Cancelar')),
    ],
  },
  {
    name: 'technician_on_the_way',
    language: 'en',
    category: 'UTILITY',
    components: [
      header('LOCATION'),
      body('Hello, {{1}} is on the way to you and arrives in about {{2}} minutes.', 'Inês', '20'),
      buttons(link('Follow the van', 'https://kestrel.example/vans/{{1}}', 'van-7')),
    ],
  },
];

const ORDERS: Draft[] = [
  {
    name: 'order_update',
    language: 'en',
    category: 'UTILITY',
    components: [
      header('DOCUMENT', 'https://scontent.example/order.pdf'),
      body(
        'Hello {{1}}, the part for order {{2}} has arrived. The invoice is above.',
        'Noor',
        'K20418',
      ),
      footer('Kestrel Appliances'),
      buttons(link('Track the order', 'https://kestrel.example/orders/{{1}}', 'K20418')),
    ],
  },
  {
    name: 'order_update',
    language: 'es',
    category: 'UTILITY',
    components: [
      header('DOCUMENT', 'https://scontent.example/order.pdf'),
      body(
        'Hola, {{1}}: llegó la pieza del pedido {{2}}. La factura está arriba.',
        'Noor',
        'K20418',
      ),
      footer('Kestrel Appliances'),
      buttons(link('Seguir el pedido', 'https://kestrel.example/orders/{{1}}', 'K20418')),
    ],
  },
  {
    name: 'repair_estimate',
    language: 'en',
    category: 'UTILITY',
    components: [
      title('Estimate for {{1}}', 'K20418'),
      body('The repair of your {{1}} costs {{2}}, with parts and the visit.', 'fridge', '$140'),
      buttons(
        reply('Repair it'),
        reply('Ask a question'),
        link('Read it', 'https://kestrel.example/estimates'),
      ),
    ],
  },
];

const MARKETING: Draft[] = [
  {
    name: 'reopen',
    language: 'en',
    category: 'MARKETING',
    components: [
      body(
        'Hello {{1}}, may we pick up our conversation about your {{2}} again?',
        'Peter',
        'Forno 60 oven',
      ),
      buttons(reply('Yes, go on'), reply('Not now')),
    ],
  },
  {
    name: 'reopen',
    language: 'pt_BR',
    category: 'MARKETING',
    components: [
      body(
        'Olá, {{1}}! Podemos retomar nossa conversa sobre {{2}} quando quiser?',
        'Pedro',
        'seu forno',
      ),
      buttons(reply('Sim, podem'), reply('Agora não')),
    ],
  },
  {
    name: 'spring_service',
    language: 'en',
    category: 'MARKETING',
    components: [
      header('IMAGE', 'https://scontent.example/spring.jpg'),
      body(
        'Spring service for {{1}}: 20% off every repair until the end of May.',
        'washing machines',
      ),
      footer('Reply STOP to hear no more of this'),
      buttons(
        { type: 'COPY_CODE', example: 'SPRING20' },
        link('Book a visit', 'https://kestrel.example/book'),
      ),
    ],
  },
  {
    name: 'how_to_descale',
    language: 'en',
    category: 'MARKETING',
    components: [
      header('VIDEO', 'https://scontent.example/descale.mp4'),
      body('A minute that saves a repair: how to descale your washing machine.'),
    ],
  },
  {
    name: 'autumn_offer',
    language: 'en',
    category: 'MARKETING',
    status: 'PAUSED',
    components: [body('Autumn offer: a check of your {{1}} for half the price.', 'fridge')],
  },
  {
    name: 'win_a_fridge',
    language: 'en',
    category: 'MARKETING',
    status: 'REJECTED',
    rejectedReason: 'ABUSIVE_CONTENT',
    components: [body('Win a fridge! Send us the number of your card to take part.')],
  },
  {
    name: 'loyalty_card',
    language: 'en',
    category: 'MARKETING',
    status: 'PENDING',
    components: [body('Hello {{1}}, every fifth repair is free with our card.', 'Noor')],
  },
];

/** The templates of Kestrel Appliances: every kind of header and button, and every state of a review. */
export const demoTemplates = (wabaId: string): Template[] =>
  [...FOLLOW_UP, ...VISITS, ...ORDERS, ...MARKETING].map((draft) => ({
    parameterFormat: 'POSITIONAL',
    status: 'APPROVED',
    rejectedReason: 'NONE',
    ...draft,
    id: templateIdOf(wabaId, draft.name, draft.language),
    components: structuredClone(draft.components),
  }));
