import {
  isObject,
  type BusinessMessage,
  type Chat,
  type Customer,
  type Json,
  type JsonObject,
  type Message,
} from '../model.ts';

/** A tappable answer that a business message offers. */
export interface OptionView {
  kind: 'button' | 'list';
  id: string;
  title: string;
  description: string;
}

/** A file that a bubble shows; its bytes lie under `/phone/api/media/<id>`, if they are still there. */
export interface MediaView {
  kind: 'image' | 'video' | 'audio' | 'document' | 'sticker';
  id: string;
  name: string;
}

/** The content of a bubble, as plain strings that a page sets as text. */
export interface ContentView {
  /** What kind of thing it is when it is not plain text: "Photo", "Location", "Template". */
  label: string;
  header: string;
  text: string;
  footer: string;
  media: MediaView | null;
  options: OptionView[];
}

const MEDIA_LABELS: Record<MediaView['kind'], string> = {
  image: 'Photo',
  video: 'Video',
  audio: 'Audio',
  document: 'Document',
  sticker: 'Sticker',
};
const isMedia = (type: string): type is MediaView['kind'] => Object.hasOwn(MEDIA_LABELS, type);

const str = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const obj = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
const objects = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];
const lines = (...parts: string[]): string => parts.filter((part) => part !== '').join('\n');

function content(parts: Partial<ContentView>): ContentView {
  return { label: '', header: '', text: '', footer: '', media: null, options: [], ...parts };
}

function contactLine(contact: JsonObject): string {
  const phones = objects(contact.phones).map((phone) => str(phone.phone));
  return [str(obj(contact.name).formatted_name), ...phones].filter(Boolean).join(' · ');
}

function parameterText(parameter: JsonObject): string {
  const typed = obj(parameter[str(parameter.type)]);
  return str(parameter.text) || str(typed.fallback_value) || str(typed.link) || str(typed.id);
}

function templateView(template: JsonObject): ContentView {
  const parts = objects(template.components).flatMap((component) =>
    objects(component.parameters).map(parameterText),
  );
  return content({
    label: `Template ${str(template.name)} (${str(obj(template.language).code)})`,
    text: lines(...parts),
  });
}

function optionsOf(interactive: JsonObject): OptionView[] {
  const action = obj(interactive.action);
  const buttons = objects(action.buttons).map((button) => ({
    kind: 'button' as const,
    id: str(obj(button.reply).id),
    title: str(obj(button.reply).title),
    description: '',
  }));
  const rows = objects(action.sections).flatMap((section) =>
    objects(section.rows).map((row) => ({
      kind: 'list' as const,
      id: str(row.id),
      title: str(row.title),
      description: str(row.description),
    })),
  );
  return [...buttons, ...rows];
}

function interactiveView(interactive: JsonObject): ContentView {
  const reply = { ...obj(interactive.button_reply), ...obj(interactive.list_reply) };
  if (reply.title !== undefined) return content({ text: str(reply.title) });
  const call = obj(obj(interactive.action).parameters);
  return content({
    label: interactive.type === 'button' || interactive.type === 'list' ? '' : 'Interactive',
    header: str(obj(interactive.header).text),
    text: lines(str(obj(interactive.body).text), str(call.display_text), str(call.url)),
    footer: str(obj(interactive.footer).text),
    options: optionsOf(interactive),
  });
}

function mediaView(kind: MediaView['kind'], media: JsonObject): ContentView {
  const id = str(media.id);
  const name = str(media.filename);
  return content({
    label: media.voice === true ? 'Voice message' : MEDIA_LABELS[kind],
    text: lines(str(media.caption), id === '' ? name : '', str(media.link)),
    media: id === '' ? null : { kind, id, name },
  });
}

function orderView(order: JsonObject): ContentView {
  const items = objects(order.product_items).map(
    (item) =>
      `${str(item.quantity)} × ${str(item.product_retailer_id)}, ${str(item.item_price)} ${str(item.currency)}`,
  );
  return content({ label: 'Order', text: lines(str(order.text), ...items) });
}

const VIEWS: Record<string, (body: JsonObject) => ContentView> = {
  text: (body) => content({ text: str(obj(body.text).body) }),
  button: (body) => content({ text: str(obj(body.button).text) }),
  template: (body) => templateView(obj(body.template)),
  interactive: (body) => interactiveView(obj(body.interactive)),
  order: (body) => orderView(obj(body.order)),
  unsupported: (body) =>
    content({ label: 'Not shown to the business', text: str(obj(body.unsupported).type) }),
  contacts: (body) =>
    content({ label: 'Contact', text: lines(...objects(body.contacts).map(contactLine)) }),
  location: (body) => {
    const place = obj(body.location);
    const point = `${str(place.latitude)}, ${str(place.longitude)}`;
    return content({ label: 'Location', text: lines(str(place.name), str(place.address), point) });
  },
};

/** What a bubble shows of a message body; types without a view of their own show their name. */
export function contentView(type: string, body: JsonObject): ContentView {
  const view = VIEWS[type];
  if (view !== undefined) return view(body);
  if (isMedia(type)) return mediaView(type, obj(body[type]));
  return content({ label: `A message of type “${type}”` });
}

const bodyOf = (message: Message): JsonObject =>
  message.side === 'customer' ? (message.edit ?? message.item) : message.request;
const typeOf = (message: Message): string =>
  message.side === 'customer' ? str(bodyOf(message).type) : message.type;

/** What changes another bubble, or happens without one. */
const NO_BUBBLE = new Set(['reaction', 'edit', 'revoke', 'system', 'request_welcome']);

/** Whether the message is a bubble on the customer's phone: arrived there, and one of its own. */
export function isShown(message: Message): boolean {
  if (NO_BUBBLE.has(typeOf(message))) return false;
  return message.side === 'customer' || hasArrived(message);
}

function hasArrived(message: BusinessMessage): boolean {
  return message.state === 'delivered' || message.state === 'read';
}

function contentOf(message: Message): ContentView {
  if (message.side === 'customer' && message.revoked)
    return content({ label: 'You deleted this message' });
  return contentView(typeOf(message), bodyOf(message));
}

/** The words of a message that its customer can change: a text or a caption; null where none. */
function editable(message: Message): string | null {
  if (message.side === 'business' || message.revoked) return null;
  const body = bodyOf(message);
  const type = typeOf(message);
  if (type === 'text') return str(obj(body.text).body);
  return ['image', 'video', 'document'].includes(type) ? str(obj(body[type]).caption) : null;
}

/** A message in one line: its words, or what it is. */
const summary = ({ text, media, label }: ContentView): string => text || media?.name || label;

function quoteOf(message: Message, chat: Chat): JsonObject | null {
  const context = obj(bodyOf(message).context);
  const id = str(context.message_id) || str(context.id);
  if (id === '') return null;
  const quoted = chat.messages.find((known) => known.wamid === id);
  if (quoted === undefined) return { id, who: '', text: 'A message that is not on this phone' };
  const who = quoted.side === 'customer' ? 'You' : chat.number.name;
  return { id, who, text: summary(contentOf(quoted)) };
}

/** One bubble, as the page receives it. */
export function messageView(message: Message, chat: Chat): JsonObject {
  return {
    id: message.wamid,
    side: message.side,
    at: message.at,
    tick: message.side === 'customer' ? message.tick : null,
    type: typeOf(message),
    content: { ...contentOf(message) } as unknown as JsonObject,
    editable: editable(message),
    edited: message.side === 'customer' && message.edit !== null && !message.revoked,
    deleted: message.side === 'customer' && message.revoked,
    quote: quoteOf(message, chat),
    reactions: { ...message.reactions },
  };
}

/** The header of a chat: whose phone it is, whom it shows, and whether they type. */
export function chatView(chat: Chat, now: number): JsonObject {
  return {
    customer: { ...chat.customer },
    business: { name: chat.number.name, phone: chat.number.displayPhoneNumber },
    typing: chat.customer.online && chat.typingUntil > now,
  };
}

/** The whole chat in the order of its times, for a page that opens. */
export function snapshotView(chat: Chat, now: number): JsonObject {
  const shown = chat.messages.filter(isShown).sort((a, b) => a.at - b.at);
  return { ...chatView(chat, now), messages: shown.map((message) => messageView(message, chat)) };
}

/** A row of the customer list. */
export function customerRow(customer: Customer, chat: Chat | undefined): JsonObject {
  const shown = (chat?.messages ?? []).filter(isShown);
  const last = shown.reduce<Message | null>(
    (newest, message) => (newest === null || message.at >= newest.at ? message : newest),
    null,
  );
  return {
    ...customer,
    unread: shown.filter((one) => one.side === 'business' && one.state === 'delivered').length,
    preview: last === null ? '' : summary(contentOf(last)),
    at: last === null ? 0 : last.at,
  };
}
