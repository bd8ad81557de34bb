/** A schema of the description, as it was read. */
// The shape is whatever the file says.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Schema = any;

/**
 * A place where Meta's description (v23.0, 21 November 2025) contradicts itself, what Meta's pages say
 * or what its API answers. A test fails for each that is no longer needed.
 */
export interface Correction {
  readonly what: string;
  /** Why the file is wrong or behind, with the page that says so. */
  readonly because: string;
  readonly apply: (schemas: Record<string, Schema>) => void;
}

/** The second part of an `allOf`: what a type adds to what all have. */
const own = (schema: Schema): Schema => schema.allOf[1];
const without = (list: readonly string[], ...gone: readonly string[]) =>
  list.filter((one) => !gone.includes(one));

const composition: Correction = {
  what: 'additionalProperties: false inside of allOf',
  because:
    'It forbids in one part what the other part requires (messaging_product, to), so that no message at all is valid. Meant is: nothing but what the parts know together.',
  apply: (schemas) => {
    for (const schema of Object.values(schemas))
      if (schema?.allOf?.some((part: Schema) => part.additionalProperties === false)) {
        for (const part of schema.allOf) delete part.additionalProperties;
        schema.unevaluatedProperties = false;
      }
  },
};

/** What a business sends. */
const REQUESTS: readonly Correction[] = [
  {
    what: 'BaseMessageProperties: recipient',
    because: 'Behind: a business-scoped user id stands in recipient (“Business-scoped user IDs”).',
    apply: ({ BaseMessageProperties: base }) => {
      base.properties.recipient = { type: 'string' };
      base.required = without(base.required, 'to');
      base.anyOf = [{ required: ['to'] }, { required: ['recipient'] }];
    },
  },
  {
    what: 'BaseMessageProperties: biz_opaque_callback_data',
    because: 'Missing: it goes with every message (“Messages API”, 512 characters).',
    apply: ({ BaseMessageProperties: base }) => {
      base.properties.biz_opaque_callback_data = { type: 'string', maxLength: 512 };
    },
  },
  {
    what: 'LocationMessage: degrees are numbers',
    because: 'Wrong: they are strings here, while its own examples and webhooks have numbers.',
    apply: ({ LocationMessage: schema }) => {
      const { properties } = own(schema).properties.location;
      properties.latitude.type = properties.longitude.type = 'number';
    },
  },
  {
    what: 'InteractiveObject: cta_url, location_request_message',
    because: 'Behind: both have pages (“Interactive call-to-action URL”, “Location request”).',
    apply: ({ InteractiveObject: schema }) => {
      schema.properties.type.enum.push('cta_url', 'location_request_message');
    },
  },
  {
    what: 'ActionObject: cta_url',
    because: 'Behind: see “Interactive call-to-action URL button messages”.',
    apply: ({ ActionObject: schema }) => {
      const parameters = {
        type: 'object',
        required: ['display_text', 'url'],
        properties: { display_text: { type: 'string', maxLength: 20 }, url: { type: 'string' } },
      };
      const properties = { name: { const: 'cta_url' }, parameters };
      schema.oneOf.push({ required: ['name', 'parameters'], properties });
    },
  },
  {
    what: 'ActionObject: send_location',
    because: 'Behind: see “Location request messages”.',
    apply: ({ ActionObject: schema }) => {
      schema.oneOf.push({ required: ['name'], properties: { name: { const: 'send_location' } } });
    },
  },
  {
    what: 'BodyObject: 4096 characters',
    because:
      'Wrong for lists (“Interactive list messages”: 4096); 1024 is the limit of the others.',
    apply: ({ BodyObject: schema }) => {
      schema.properties.text.maxLength = 4096;
    },
  },
  {
    what: 'LanguageObject: policy is not needed',
    because: 'Wrong: deterministic is the only one and the default; all pages send code alone.',
    apply: ({ LanguageObject: schema }) => {
      schema.required = ['code'];
    },
  },
  {
    what: 'TemplateComponent: index',
    because: 'Wrong: the pattern ^[2-6, 11-14]$ is a footnote that became a rule; 0 to 9 is meant.',
    apply: ({ TemplateComponent: schema }) => {
      schema.properties.index.pattern = '^[0-9]$';
    },
  },
  {
    what: 'ContactsMessage: 257 cards',
    because: 'Wrong: five are a recommendation, 257 the limit (“Contacts messages”).',
    apply: ({ ContactsMessage: schema }) => {
      own(schema).properties.contacts.maxItems = 257;
    },
  },
  {
    what: 'PhoneObject: any type',
    because:
      'Wrong: HOME and WORK are examples; CELL, MAIN and others are shown (“Contacts messages”).',
    apply: ({ PhoneObject: schema }) => {
      delete schema.properties.type.enum;
    },
  },
];

/** What Meta answers. */
const ANSWERS: readonly Correction[] = [
  {
    what: 'media found: file_size is a number',
    because: 'Wrong: recorded answers have a number; the string is of the example alone.',
    apply: (schemas) => {
      schemas['media found'].properties.file_size.type = 'integer';
    },
  },
  {
    what: 'WhatsAppBusinessAccountPhoneNumber: CONNECTED',
    because: 'Behind: the status of a number in use (“Business phone numbers”).',
    apply: ({ WhatsAppPhoneNumberStatus: schema }) => {
      schema.enum.push('CONNECTED');
    },
  },
  {
    what: 'WhatsAppBusinessAccountPhoneNumber: fields are asked for',
    because: 'Wrong: status is not among the default fields (“Get all phone numbers”).',
    apply: ({ WhatsAppBusinessAccountPhoneNumber: schema }) => {
      schema.required = without(schema.required, 'status');
    },
  },
  {
    what: 'messaging_limit_tier: TIER_2K',
    because:
      'Behind: portfolios begin at 250 and go on at 2 000 since October 2025 (“Messaging limits”).',
    apply: ({ WhatsAppBusinessAccountPhoneNumber: schema }) => {
      schema.properties.messaging_limit_tier.enum.push('TIER_2K');
    },
  },
];

const INCOMING: Readonly<Record<string, string>> = {
  TextMessage: 'TextMessage_2',
  ReactionMessage: 'ReactionMessage_1',
  AudioMessage: 'AudioMessage_1',
  DocumentMessage: 'DocumentMessage_1',
  ImageMessage: 'ImageMessage_1',
  StickerMessage: 'StickerMessage_1',
  VideoMessage: 'VideoMessage_1',
  LocationMessage: 'LocationMessage_1',
};
const KINDS_OF_WEBHOOKS = [
  ...Object.values(INCOMING),
  ...['ContactSharingMessage', 'UnsupportedMessage', 'ButtonMessage', 'InteractiveMessageReply'],
  ...['OrderMessage', 'SystemMessage'],
];
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** What Meta posts. */
const WEBHOOKS: readonly Correction[] = [
  {
    what: 'IncomingMessage: its own kinds',
    because:
      'Wrong: two files were joined, and names that both have lead to what a business sends; the kinds of webhooks are the ones with a number behind their name.',
    apply: ({ IncomingMessage: schema }) => {
      schema.oneOf = schema.oneOf.map(({ $ref }: { $ref: string }) => {
        const name = $ref.split('/').at(-1) ?? '';
        return ref(INCOMING[name] ?? name);
      });
    },
  },
  {
    what: 'kinds of webhooks: their own base',
    because: 'Wrong for the same reason: the base of a message that is sent requires to.',
    apply: (schemas) => {
      for (const name of KINDS_OF_WEBHOOKS) schemas[name].allOf[0] = ref('BaseMessageProperties_1');
    },
  },
  {
    what: 'UnsupportedMessage: errors of messages',
    because: 'Wrong for the same reason: these errors have a title, those of Graph a type.',
    apply: ({ UnsupportedMessage: schema }) => {
      own(schema).properties.errors.items = ref('ErrorObject_2');
    },
  },
  {
    what: 'ContactSharingMessage: contacts of messages',
    because: 'Wrong for the same reason: received cards have vcard and origin, of any type.',
    apply: ({ ContactSharingMessage: schema }) => {
      own(schema).properties.contacts.items = ref('ContactObject_1');
    },
  },
  {
    what: 'messages without from',
    because: 'Behind: who withholds the number has none (“Business-scoped user IDs”).',
    apply: ({ BaseMessageProperties_1: schema }) => {
      schema.required = without(schema.required, 'from');
    },
  },
  {
    what: 'statuses without recipient_id',
    because: 'Behind for the same reason.',
    apply: ({ Statuses: schema }) => {
      schema.required = without(schema.required, 'recipient_id');
    },
  },
  {
    what: 'ContextObject: replies',
    because:
      'Wrong: referred_product is there for a question about a product, not for every reply.',
    apply: ({ ContextObject: schema }) => {
      schema.required = [];
    },
  },
  {
    what: 'ReactionMessage: taken back',
    because: 'Wrong: a reaction that is taken back has no emoji (“Reaction messages webhook”).',
    apply: ({ ReactionMessage_1: schema }) => {
      own(schema).properties.reaction.required = ['message_id'];
    },
  },
  {
    what: 'LocationMessage: without name and address',
    because:
      'Wrong: only a place that was chosen by its name has them (“Location messages webhook”).',
    apply: ({ LocationMessage_1: schema }) => {
      own(schema).properties.location.required = ['latitude', 'longitude'];
    },
  },
  {
    what: 'InteractiveMessageReply: forms',
    because: 'Behind: nfm_reply and call_permission_reply have pages (“Flows”, “Calling API”).',
    apply: ({ InteractiveMessageReply: schema }) => {
      own(schema).properties.interactive.properties.type.enum.push(
        ...['nfm_reply', 'call_permission_reply'],
      );
    },
  },
  {
    what: 'IncomingMessage: edit, revoke, request_welcome',
    because: 'Behind: each has a page (“Edit”, “Revoke”, “Conversational components”).',
    apply: ({ IncomingMessage: schema }) => {
      const types = ['edit', 'revoke', 'request_welcome'];
      schema.oneOf.push({
        allOf: [
          ref('BaseMessageProperties_1'),
          { required: ['type'], properties: { type: { enum: types } } },
        ],
      });
    },
  },
  {
    what: 'SystemMessage: user_changed_user_id',
    because: 'Behind: told of who withholds the number (changelog of 11 August 2026).',
    apply: ({ SystemMessage: schema }) => {
      own(schema).properties.system.properties.type.enum.push('user_changed_user_id');
    },
  },
];

/** All of them; the first is what makes the others visible. */
export const CORRECTIONS: readonly Correction[] = [
  composition,
  ...REQUESTS,
  ...ANSWERS,
  ...WEBHOOKS,
];
