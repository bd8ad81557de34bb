import { buttonsOf, componentOf, filled, headerFormat, type Template } from '../graph/template.ts';
import { buttonParameter, valuesOf } from '../graph/template-send.ts';
import type { MediaKind } from '../graph/media-rules.ts';
import { isObject, type Json, type JsonObject } from '../model.ts';

/**
 * Something that a message offers to tap. `answer` is the item that the customer sends by it, without
 * the context; a `row` is one of a list, which is opened first. A `link` opens `value`, `copy` copies it.
 */
export interface OptionView {
  kind: 'answer' | 'row' | 'link' | 'copy';
  title: string;
  description: string;
  /** Of a row: the title of its section. */
  section: string;
  value: string;
  answer: JsonObject | null;
}

/** A file that a bubble shows; its bytes lie under `/phone/api/media/<id>`, if they are still there. */
export interface MediaView {
  kind: MediaKind;
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
  /** What opens the rows of a list; '' where there are none. */
  list: string;
  options: OptionView[];
}

const MEDIA_LABELS: Record<MediaKind, string> = {
  image: 'Photo',
  video: 'Video',
  audio: 'Audio',
  document: 'Document',
  sticker: 'Sticker',
};
const isMedia = (type: string): type is MediaKind => Object.hasOwn(MEDIA_LABELS, type);

const str = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const obj = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
const objects = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];
const lines = (...parts: string[]): string => parts.filter((part) => part !== '').join('\n');

/** A content of these parts and nothing else. */
export const plainContent = (parts: Partial<ContentView>): ContentView => ({
  label: '',
  header: '',
  text: '',
  footer: '',
  media: null,
  list: '',
  options: [],
  ...parts,
});

const option = (parts: Partial<OptionView>): OptionView => ({
  kind: 'answer',
  title: '',
  description: '',
  section: '',
  value: '',
  answer: null,
  ...parts,
});
const answer = (title: string, item: JsonObject): OptionView => option({ title, answer: item });

/** A link that a browser may open; anything else is no link. */
const link = (title: string, url: string): OptionView[] =>
  /^(https?:\/\/|tel:)/.test(url)
    ? [option({ kind: 'link', title, value: url, description: url.replace(/^tel:/, '') })]
    : [];

function contactText(contact: JsonObject): string {
  const first = (list: Json | undefined, name: string) =>
    objects(list).map((one) => str(one[name]));
  const name = str(obj(contact.name).formatted_name);
  const company = str(obj(contact.org).company);
  const all = [name, company, ...first(contact.phones, 'phone'), ...first(contact.emails, 'email')];
  return all.filter(Boolean).join(' · ');
}

function parameterText(parameter: JsonObject): string {
  const typed = obj(parameter[str(parameter.type)]);
  return str(parameter.text) || str(typed.fallback_value) || str(typed.link) || str(typed.id);
}

/** A template that this sandbox never had: its name and what it was filled with. */
function strangeTemplate(content: JsonObject): ContentView {
  const parts = objects(content.components).flatMap((component) =>
    objects(component.parameters).map(parameterText),
  );
  return plainContent({
    label: `Template ${str(content.name)} (${str(obj(content.language).code)})`,
    text: lines(...parts),
  });
}

function templateView(content: JsonObject, template: Template | null): ContentView {
  if (template === null) return strangeTemplate(content);
  const given = objects(content.components);
  const words = (type: string): string => {
    const values = valuesOf(template, componentOf(given, type));
    return filled(str(componentOf(template.components, type).text), (name) => values.get(name));
  };
  return plainContent({
    ...headerView(headerFormat(template).toLowerCase(), componentOf(given, 'HEADER'), words),
    text: words('BODY'),
    footer: str(componentOf(template.components, 'FOOTER').text),
    options: buttonsOf(template).flatMap((button, index) =>
      buttonView(button, buttonParameter(given, index) ?? {}),
    ),
  });
}

/** What is above the words of a template: a title, a file, or a place. */
function headerView(
  format: string,
  given: JsonObject,
  words: (type: string) => string,
): Partial<ContentView> {
  const [parameter] = objects(given.parameters);
  if (format === 'text') return { header: words('HEADER') };
  if (format === 'location') return { header: placeText(obj(parameter?.location)) };
  return fileAbove(format, obj(parameter?.[format]));
}

/** A file above the words; one that lies elsewhere is named by its address. */
function fileAbove(kind: string, media: JsonObject): Partial<ContentView> {
  if (!isMedia(kind)) return {};
  const { label, media: file } = mediaView(kind, media);
  return {
    label,
    media: file,
    header: file === null ? str(media.filename) || str(media.link) : '',
  };
}

function buttonView(
  { type, text, url, phoneNumber }: ReturnType<typeof buttonsOf>[number],
  parameter: JsonObject,
): OptionView[] {
  const payload = str(parameter.payload) || text;
  const code = str(parameter.coupon_code);
  switch (type) {
    case 'QUICK_REPLY':
      return [answer(text, { type: 'button', button: { payload, text } })];
    case 'URL':
      return link(
        text,
        filled(url, () => str(parameter.text)),
      );
    case 'PHONE_NUMBER':
      return link(text, `tel:${phoneNumber}`);
    case 'COPY_CODE':
      return [option({ kind: 'copy', title: 'Copy code', description: code, value: code })];
    default:
      return [];
  }
}

const interactiveItem = (interactive: JsonObject): JsonObject => ({
  type: 'interactive',
  interactive,
});

function replyOptions(action: JsonObject): OptionView[] {
  return objects(action.buttons).map((button) => {
    const [id, title] = [str(obj(button.reply).id), str(obj(button.reply).title)];
    return answer(title, interactiveItem({ type: 'button_reply', button_reply: { id, title } }));
  });
}

function rowOptions(action: JsonObject): OptionView[] {
  return objects(action.sections).flatMap((section) =>
    objects(section.rows).map((row) => {
      const [id, title, description] = [str(row.id), str(row.title), str(row.description)];
      const list_reply = { id, title, ...(description === '' ? {} : { description }) };
      return option({
        kind: 'row',
        title,
        description,
        section: str(section.title),
        answer: interactiveItem({ type: 'list_reply', list_reply }),
      });
    }),
  );
}

/** The customer's own place; the sandbox has one for everybody. */
export const HOME = {
  latitude: 38.7169,
  longitude: -9.1399,
  name: 'Home',
  address: 'Rua Augusta 1',
};

const permission = (response: string): JsonObject =>
  interactiveItem({
    type: 'call_permission_reply',
    call_permission_reply: { response, response_source: 'user_action' },
  });

/** What each kind of interactive message offers, by its `action`. */
const OFFERS: Record<string, (action: JsonObject) => OptionView[]> = {
  button: replyOptions,
  list: rowOptions,
  cta_url: ({ parameters }) => link(str(obj(parameters).display_text), str(obj(parameters).url)),
  location_request_message: () => [answer('Send location', { type: 'location', location: HOME })],
  // The number is put in where the item is sent.
  request_contact_info: () => [
    answer('Share phone number', { type: 'contacts', contacts: [{ origin: 'contact_request' }] }),
  ],
  call_permission_request: () => [
    answer('Always allow', permission('accept')),
    answer('Don’t allow', permission('reject')),
  ],
  flow: ({ parameters }) => {
    const { flow_cta, flow_token } = obj(parameters);
    const response_json = JSON.stringify({ flow_token: str(flow_token) || 'unused' });
    const nfm_reply = { name: 'flow', body: 'Sent', response_json };
    return [answer(str(flow_cta), interactiveItem({ type: 'nfm_reply', nfm_reply }))];
  },
};

/** Kinds whose words say all: what is behind them (a catalog, a call) is not on this phone. */
const NAMED_KINDS: Record<string, string> = {
  product: 'Product',
  product_list: 'Products',
  catalog_message: 'Catalog',
  voice_call: 'Call',
  address_message: 'Asks for the address',
};

function interactiveView(interactive: JsonObject): ContentView {
  const { button_reply, list_reply, call_permission_reply: allowed } = interactive;
  const reply = { ...obj(button_reply), ...obj(list_reply) };
  if (reply.title !== undefined) return plainContent({ text: str(reply.title) });
  if (interactive.type === 'nfm_reply')
    return plainContent({ label: 'Form', text: str(obj(interactive.nfm_reply).body) });
  if (allowed !== undefined)
    return plainContent({ label: 'Calls', text: str(obj(allowed).response) });
  const kind = str(interactive.type);
  const action = obj(interactive.action);
  const header = obj(interactive.header);
  const offers = Object.hasOwn(OFFERS, kind) ? OFFERS[kind] : undefined;
  return plainContent({
    label: offers === undefined ? (NAMED_KINDS[kind] ?? 'Interactive') : '',
    ...(header.type === 'text'
      ? { header: str(header.text) }
      : fileAbove(str(header.type), obj(header[str(header.type)]))),
    text: str(obj(interactive.body).text),
    footer: str(obj(interactive.footer).text),
    list: kind === 'list' ? str(action.button) : '',
    options: offers?.(action) ?? [],
  });
}

function mediaView(kind: MediaKind, media: JsonObject): ContentView {
  const id = str(media.id);
  const name = str(media.filename);
  return plainContent({
    label: media.voice === true ? 'Voice message' : MEDIA_LABELS[kind],
    text: lines(str(media.caption), id === '' ? name : '', str(media.link)),
    media: id === '' ? null : { kind, id, name },
  });
}

function placeText({ name, address, latitude, longitude }: JsonObject): string {
  return lines(str(name), str(address), `${str(latitude)}, ${str(longitude)}`);
}

function orderView(order: JsonObject): ContentView {
  const items = objects(order.product_items).map(
    (item) =>
      `${str(item.quantity)} × ${str(item.product_retailer_id)}, ${str(item.item_price)} ${str(item.currency)}`,
  );
  return plainContent({ label: 'Order', text: lines(str(order.text), ...items) });
}

const VIEWS: Record<string, (body: JsonObject, template: Template | null) => ContentView> = {
  text: (body) => plainContent({ text: str(obj(body.text).body) }),
  button: (body) => plainContent({ text: str(obj(body.button).text) }),
  template: (body, template) => templateView(obj(body.template), template),
  interactive: (body) => interactiveView(obj(body.interactive)),
  order: (body) => orderView(obj(body.order)),
  unsupported: (body) =>
    plainContent({ label: 'Not shown to the business', text: str(obj(body.unsupported).type) }),
  contacts: (body) =>
    plainContent({ label: 'Contact', text: lines(...objects(body.contacts).map(contactText)) }),
  location: (body) => plainContent({ label: 'Location', text: placeText(obj(body.location)) }),
};

/**
 * What a bubble shows of a message body, of a `template` with the template that it names. Types
 * without a view of their own show their name.
 */
export function contentView(
  type: string,
  body: JsonObject,
  template: Template | null = null,
): ContentView {
  const view = Object.hasOwn(VIEWS, type) ? VIEWS[type] : undefined;
  if (view !== undefined) return view(body, template);
  if (isMedia(type)) return mediaView(type, obj(body[type]));
  return plainContent({ label: `A message of type “${type}”` });
}
