/** @typedef {import('./api.js').Message} Message */
/** @typedef {'image' | 'video' | 'audio' | 'document' | 'sticker'} MediaKind */
/** @typedef {Record<string, unknown>} Item what a webhook carries, without id, sender and time */

const MINUTE = 60_000;
/** How long a customer may edit a message, and delete it for everyone (Meta, "Edit" and "Revoke"). */
const EDITABLE_FOR = 15 * MINUTE;
const DELETABLE_FOR = 2 * 24 * 60 * MINUTE;

/** @param {Message} message @param {number} now epoch milliseconds */
export const canEdit = (message, now) =>
  message.editable !== null && now - message.at < EDITABLE_FOR;

/** @param {Message} message @param {number} now epoch milliseconds */
export const canDelete = (message, now) =>
  message.side === 'customer' && !message.deleted && now - message.at < DELETABLE_FOR;

/**
 * The message with other words: the text of a text, the caption of a file.
 * @param {Message} message
 * @param {string} words
 * @returns {Item}
 */
export function edit({ id, type, content }, words) {
  const body = type === 'text' ? { body: words } : { id: content.media?.id, caption: words };
  return {
    type: 'edit',
    edit: { original_message_id: id, message: { type, [type]: body } },
  };
}

/** @param {Message} message @returns {Item} */
export const revoke = ({ id }) => ({ type: 'revoke', revoke: { original_message_id: id } });

/**
 * What a file becomes in the chat when it is sent as a photo or a video.
 * @param {string} mimeType
 * @returns {MediaKind}
 */
export function kindOf(mimeType) {
  if (['image/jpeg', 'image/png'].includes(mimeType)) return 'image';
  return ['video/mp4', 'video/3gpp'].includes(mimeType) ? 'video' : 'document';
}

/**
 * A file that the sandbox keeps; it adds type, hash and name by itself.
 * @param {MediaKind} kind
 * @param {string} id
 * @param {string} caption
 * @returns {Item}
 */
export const media = (kind, id, caption) => ({
  type: kind,
  [kind]: { id, ...(caption === '' ? {} : { caption }) },
});

/** @param {string} id @returns {Item} */
export const voiceNote = (id) => ({ type: 'audio', audio: { id, voice: true } });

/** @returns {Item} */
export const location = () => ({
  type: 'location',
  location: { latitude: 38.7169, longitude: -9.1399, name: 'Home', address: 'Rua Augusta 1' },
});

/** @returns {Item} */
export const contact = () => ({
  type: 'contacts',
  contacts: [
    {
      name: { first_name: 'Inês', last_name: 'Prates', formatted_name: 'Inês Prates' },
      phones: [{ phone: '+1 555 012 3900', wa_id: '15550123900', type: 'MOBILE' }],
      origin: 'other',
      vcard: 'BEGIN:VCARD\nVERSION:3.0\nFN:Inês Prates\nTEL:+15550123900\nEND:VCARD',
    },
  ],
});

/** @returns {Item} */
export const order = () => ({
  type: 'order',
  order: {
    catalog_id: '300000000000001',
    text: 'With delivery, please',
    product_items: [
      { product_retailer_id: 'water-filter', quantity: 2, item_price: 30, currency: 'USD' },
      { product_retailer_id: 'door-seal', quantity: 1, item_price: 25, currency: 'USD' },
    ],
  },
});

/** The customer opens the chat for the first time. @returns {Item} */
export const welcome = () => ({ type: 'request_welcome' });

const CHANGES = ['reaction', 'edit', 'revoke'];

/**
 * A message that begins at an ad; one that only changes another stays as it is.
 * @param {Item} item
 * @returns {Item}
 */
export function fromAd(item) {
  if (CHANGES.includes(String(item.type))) return item;
  const referral = {
    source_url: 'https://fb.me/kestrel-spring',
    source_id: '400000000000001',
    source_type: 'ad',
    headline: 'Chat with us',
    body: 'Spring service: 20% off every repair',
    media_type: 'image',
    image_url: 'https://scontent.example/kestrel-spring.jpg',
    ctwa_clid: 'AffExampleClickId',
    welcome_message: { text: 'Hi! How can we help?' },
  };
  return { ...item, referral };
}

/** The group of this phone and the business. */
const GROUP = 'HBgLMTU1NTAxMDAxMDAVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA';

/**
 * A message that is written in a group (Meta, "Groups"): who wrote it stays. Groups have no edits and
 * no deletions.
 * @param {Item} item
 * @returns {Item}
 */
export const inGroup = (item) =>
  ['edit', 'revoke'].includes(String(item.type)) ? item : { group_id: GROUP, ...item };

/** What WhatsApp does not hand on to a business, and the kind that it names. */
export const UNSUPPORTED = /** @type {const} */ ([
  ['Poll', 'poll_creation'],
  ['Edited message', 'edit'],
  ['Pinned message', 'pin'],
  ['Group invitation', 'group_invite'],
  ['Sticker pack', ''],
]);

/**
 * An item that tells of a message by its error alone, and by its kind where WhatsApp names one (Meta,
 * "Unsupported messages").
 * @param {number} code
 * @param {string} title
 * @param {string} details
 * @param {string} kind empty where none is named, as in older webhooks
 * @returns {Item}
 */
const withoutContent = (code, title, details, kind) => ({
  errors: [{ code, title, message: title, error_data: { details } }],
  type: 'unsupported',
  ...(kind === '' ? {} : { unsupported: { type: kind } }),
});

/** A message that WhatsApp does not hand on. @param {string} kind @returns {Item} */
export const unsupported = (kind) =>
  withoutContent(131051, 'Message type unknown', 'Message type is currently not supported.', kind);

/** A message that WhatsApp could not bring at this time. @returns {Item} */
export const unavailable = () => {
  const title = 'This message is currently unavailable';
  return withoutContent(131060, title, `${title}.`, '');
};

/** A video that WhatsApp does not keep (Meta, "Media", download constraints). @returns {Item} */
export const tooLarge = () =>
  withoutContent(
    131052,
    'Media file size too big. Max file size we currently support: 100MB. Please communicate with your customer to send a media file that is smaller than 100MB',
    'Unable to download the media sent by the user.',
    'video',
  );
