/** The schemas of the description by name, as they were read. */
export type Schemas = Record<string, unknown>;

/**
 * A place where Meta's description (v23.0, 21 November 2025) contradicts itself, what Meta's pages say
 * or what its API answers. A test fails for each that is no longer needed.
 */
export interface Correction {
  readonly what: string;
  /** Why the file is wrong or behind, with the page that says so. */
  readonly because: string;
  readonly apply: (schemas: Schemas) => void;
}

type Apply = Correction['apply'];
type Tree = Record<string, unknown>;

/** The object around the end of a path as `LocationMessage.allOf.1`, and the name of that end. */
function placeOf(schemas: Schemas, path: string): [around: Tree, name: string] {
  const steps = path.split('.');
  const name = steps.pop() ?? '';
  return [steps.reduce<Tree>((tree, step) => tree[step] as Tree, schemas), name];
}
const set =
  (path: string, value: unknown): Apply =>
  (schemas) => {
    const [around, name] = placeOf(schemas, path);
    around[name] = value;
  };
const push =
  (path: string, ...values: readonly unknown[]): Apply =>
  (schemas) => {
    const [around, name] = placeOf(schemas, path);
    around[name] = [...(around[name] as readonly unknown[]), ...values];
  };
const drop =
  (path: string, ...values: readonly unknown[]): Apply =>
  (schemas) => {
    const [around, name] = placeOf(schemas, path);
    around[name] = (around[name] as readonly unknown[]).filter((one) => !values.includes(one));
  };
const all =
  (...parts: readonly Apply[]): Apply =>
  (schemas) => {
    for (const part of parts) part(schemas);
  };

const composition: Correction = {
  what: 'additionalProperties: false inside of allOf',
  because:
    'It forbids in one part what the other part requires (messaging_product, to), so that no message at all is valid. Meant is: nothing but what the parts know together.',
  apply: (schemas) => {
    for (const schema of Object.values(schemas) as Tree[]) {
      const parts = (schema['allOf'] ?? []) as Tree[];
      if (parts.every((part) => part['additionalProperties'] !== false)) continue;
      for (const part of parts) delete part['additionalProperties'];
      schema['unevaluatedProperties'] = false;
    }
  },
};

/** What a business sends. */
const REQUESTS: readonly Correction[] = [
  {
    what: 'BaseMessageProperties: recipient',
    because: 'Behind: a business-scoped user id stands in recipient (“Business-scoped user IDs”).',
    apply: all(
      set('BaseMessageProperties.properties.recipient', { type: 'string' }),
      drop('BaseMessageProperties.required', 'to'),
      set('BaseMessageProperties.anyOf', [{ required: ['to'] }, { required: ['recipient'] }]),
    ),
  },
  {
    what: 'BaseMessageProperties: biz_opaque_callback_data',
    because: 'Missing: it goes with every message (“Messages API”, 512 characters).',
    apply: set('BaseMessageProperties.properties.biz_opaque_callback_data', {
      type: 'string',
      maxLength: 512,
    }),
  },
  {
    what: 'LocationMessage: degrees are numbers',
    because: 'Wrong: they are strings here, while its own examples and webhooks have numbers.',
    apply: all(
      set('LocationMessage.allOf.1.properties.location.properties.latitude.type', 'number'),
      set('LocationMessage.allOf.1.properties.location.properties.longitude.type', 'number'),
    ),
  },
  {
    what: 'InteractiveObject: cta_url, location_request_message',
    because: 'Behind: both have pages (“Interactive call-to-action URL”, “Location request”).',
    apply: push('InteractiveObject.properties.type.enum', 'cta_url', 'location_request_message'),
  },
  {
    what: 'ActionObject: cta_url',
    because: 'Behind: see “Interactive call-to-action URL button messages”.',
    apply: push('ActionObject.oneOf', {
      required: ['name', 'parameters'],
      properties: {
        name: { const: 'cta_url' },
        parameters: {
          type: 'object',
          required: ['display_text', 'url'],
          properties: { display_text: { type: 'string', maxLength: 20 }, url: { type: 'string' } },
        },
      },
    }),
  },
  {
    what: 'ActionObject: send_location',
    because: 'Behind: see “Location request messages”.',
    apply: push('ActionObject.oneOf', {
      required: ['name'],
      properties: { name: { const: 'send_location' } },
    }),
  },
  {
    what: 'BodyObject: 4096 characters',
    because:
      'Wrong for lists (“Interactive list messages”: 4096); 1024 is the limit of the others.',
    apply: set('BodyObject.properties.text.maxLength', 4096),
  },
  {
    what: 'LanguageObject: policy is not needed',
    because: 'Wrong: deterministic is the only one and the default; all pages send code alone.',
    apply: drop('LanguageObject.required', 'policy'),
  },
  {
    what: 'TemplateComponent: index',
    because: 'Wrong: the pattern ^[2-6, 11-14]$ is a footnote that became a rule; 0 to 9 is meant.',
    apply: set('TemplateComponent.properties.index.pattern', '^[0-9]$'),
  },
  {
    what: 'ContactsMessage: 257 cards',
    because: 'Wrong: five are a recommendation, 257 the limit (“Contacts messages”).',
    apply: set('ContactsMessage.allOf.1.properties.contacts.maxItems', 257),
  },
  {
    what: 'PhoneObject: any type',
    because:
      'Wrong: HOME and WORK are examples; CELL, MAIN and others are shown (“Contacts messages”).',
    apply: set('PhoneObject.properties.type', { type: 'string' }),
  },
];

/** What Meta answers. */
const ANSWERS: readonly Correction[] = [
  {
    what: 'media found: file_size is a number',
    because: 'Wrong: recorded answers have a number; the string is of the example alone.',
    apply: set('media found.properties.file_size.type', 'integer'),
  },
  {
    what: 'WhatsAppBusinessAccountPhoneNumber: CONNECTED',
    because: 'Behind: the status of a number in use (“Business phone numbers”).',
    apply: push('WhatsAppPhoneNumberStatus.enum', 'CONNECTED'),
  },
  {
    what: 'WhatsAppBusinessAccountPhoneNumber: fields are asked for',
    because: 'Wrong: status is not among the default fields (“Get all phone numbers”).',
    apply: drop('WhatsAppBusinessAccountPhoneNumber.required', 'status'),
  },
  {
    what: 'messaging_limit_tier: TIER_2K',
    because:
      'Behind: portfolios begin at 250 and go on at 2 000 since October 2025 (“Messaging limits”).',
    apply: push(
      'WhatsAppBusinessAccountPhoneNumber.properties.messaging_limit_tier.enum',
      'TIER_2K',
    ),
  },
];

/** The kinds of `IncomingMessage.oneOf` in their order, with the names that are meant where they differ. */
const INCOMING: readonly (readonly [name: string, own?: string])[] = [
  ['TextMessage', 'TextMessage_2'],
  ['ReactionMessage', 'ReactionMessage_1'],
  ['AudioMessage', 'AudioMessage_1'],
  ['DocumentMessage', 'DocumentMessage_1'],
  ['ImageMessage', 'ImageMessage_1'],
  ['StickerMessage', 'StickerMessage_1'],
  ['VideoMessage', 'VideoMessage_1'],
  ['LocationMessage', 'LocationMessage_1'],
  ['ContactSharingMessage'],
  ['UnsupportedMessage'],
  ['ButtonMessage'],
  ['InteractiveMessageReply'],
  ['OrderMessage'],
];
const KINDS = [...INCOMING.map(([name, own]) => own ?? name), 'SystemMessage'];
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** What Meta posts. */
const WEBHOOKS: readonly Correction[] = [
  {
    what: 'IncomingMessage: its own kinds',
    because:
      'Wrong: two files were joined, and names that both have lead to what a business sends; the kinds of webhooks are the ones with a number behind their name.',
    apply: all(
      ...INCOMING.map(([name, own], at) => set(`IncomingMessage.oneOf.${at}`, ref(own ?? name))),
    ),
  },
  {
    what: 'kinds of webhooks: their own base',
    because: 'Wrong for the same reason: the base of a message that is sent requires to.',
    apply: all(...KINDS.map((name) => set(`${name}.allOf.0`, ref('BaseMessageProperties_1')))),
  },
  {
    what: 'UnsupportedMessage: errors of messages',
    because: 'Wrong for the same reason: these errors have a title, those of Graph a type.',
    apply: set('UnsupportedMessage.allOf.1.properties.errors.items', ref('ErrorObject_2')),
  },
  {
    what: 'ContactSharingMessage: contacts of messages',
    because: 'Wrong for the same reason: received cards have vcard and origin, of any type.',
    apply: set('ContactSharingMessage.allOf.1.properties.contacts.items', ref('ContactObject_1')),
  },
  {
    what: 'messages without from',
    because: 'Behind: who withholds the number has none (“Business-scoped user IDs”).',
    apply: drop('BaseMessageProperties_1.required', 'from'),
  },
  {
    what: 'statuses without recipient_id',
    because: 'Behind for the same reason.',
    apply: drop('Statuses.required', 'recipient_id'),
  },
  {
    what: 'ContextObject: replies',
    because:
      'Wrong: referred_product is there for a question about a product, not for every reply.',
    apply: set('ContextObject.required', []),
  },
  {
    what: 'ReactionMessage: taken back',
    because: 'Wrong: a reaction that is taken back has no emoji (“Reaction messages webhook”).',
    apply: drop('ReactionMessage_1.allOf.1.properties.reaction.required', 'emoji'),
  },
  {
    what: 'LocationMessage: without name and address',
    because:
      'Wrong: only a place that was chosen by its name has them (“Location messages webhook”).',
    apply: drop('LocationMessage_1.allOf.1.properties.location.required', 'name', 'address'),
  },
  {
    what: 'InteractiveMessageReply: forms',
    because: 'Behind: nfm_reply and call_permission_reply have pages (“Flows”, “Calling API”).',
    apply: push(
      'InteractiveMessageReply.allOf.1.properties.interactive.properties.type.enum',
      ...['nfm_reply', 'call_permission_reply'],
    ),
  },
  {
    what: 'IncomingMessage: edit, revoke, request_welcome',
    because: 'Behind: each has a page (“Edit”, “Revoke”, “Conversational components”).',
    apply: push('IncomingMessage.oneOf', {
      allOf: [
        ref('BaseMessageProperties_1'),
        {
          required: ['type'],
          properties: { type: { enum: ['edit', 'revoke', 'request_welcome'] } },
        },
      ],
    }),
  },
  {
    what: 'SystemMessage: user_changed_user_id',
    because: 'Behind: told of who withholds the number (changelog of 11 August 2026).',
    apply: push(
      'SystemMessage.allOf.1.properties.system.properties.type.enum',
      'user_changed_user_id',
    ),
  },
];

/** All of them; the first is what makes the others visible. */
export const CORRECTIONS: readonly Correction[] = [
  composition,
  ...REQUESTS,
  ...ANSWERS,
  ...WEBHOOKS,
];
