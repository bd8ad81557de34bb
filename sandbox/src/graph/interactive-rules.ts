import { textOf, type JsonObject } from '../model.ts';
import { first, invalid, isUrl, missing, obj, objects, repeats, text, tooLong } from './checks.ts';
import type { Rule } from './checks.ts';
import { invalidParameter, type GraphError } from './errors.ts';

/** What may stand above and below the words of a kind, and what its `action` must be. */
interface Kind {
  headers: readonly string[];
  footer: boolean;
  body: 'needed' | 'optional';
  longestBody: number;
  action: (action: JsonObject) => GraphError | null;
}

const MEDIA = ['image', 'video', 'document'];
const ANY_HEADER = ['text', ...MEDIA];
const accepts = (): null => null;

const plain: Kind = {
  headers: ANY_HEADER,
  footer: true,
  body: 'needed',
  longestBody: 1024,
  action: accepts,
};

/** Kinds of interactive messages (Meta, the pages of these names). */
const KINDS: Record<string, Kind> = {
  button: { ...plain, action: buttonsProblem },
  list: { ...plain, headers: ['text'], longestBody: 4096, action: listProblem },
  cta_url: { ...plain, action: linkProblem },
  flow: { ...plain, action: flowProblem },
  location_request_message: {
    ...plain,
    headers: [],
    footer: false,
    action: (action) => nameProblem(action, 'send_location'),
  },
  request_contact_info: {
    ...plain,
    headers: [],
    footer: false,
    action: (action) => nameProblem(action, 'request_contact_info'),
  },
  product: { ...plain, headers: [], body: 'optional' },
  product_list: { ...plain, headers: ['text'] },
  catalog_message: { ...plain, headers: [] },
  call_permission_request: { ...plain, headers: [], footer: false, body: 'optional' },
  voice_call: { ...plain, headers: [], footer: false },
  address_message: { ...plain, headers: [] },
};

/** Judges an `interactive` object: its kind, what is above and below, its words, its action. */
export const interactiveRule: Rule = (content) => {
  if (!text(content.type))
    return missing("Parameter 'type' is mandatory for an interactive message.");
  const kind = Object.hasOwn(KINDS, content.type) ? KINDS[content.type] : undefined;
  if (kind === undefined)
    return invalidParameter(
      `Param interactive['type'] must be one of {${Object.keys(KINDS).sort().join(', ')}} - got "${content.type}".`,
    );
  return (
    (content.action === undefined
      ? missing("Parameter 'action' is mandatory for an interactive message.")
      : null) ??
    headerProblem(content, kind) ??
    wordsProblem(content, kind) ??
    kind.action(obj(content.action))
  );
};

function headerProblem({ header, type }: JsonObject, kind: Kind): GraphError | null {
  if (header === undefined) return null;
  const given = obj(header);
  const format = text(given.type) ? given.type : '';
  const media = obj(given[format]);
  return first(
    !kind.headers.includes(format) &&
      invalid(
        `Header type ${format || 'unknown'} is not supported for interactive ${textOf(type)}.`,
      ),
    format === 'text' &&
      !text(given.text) &&
      missing("Parameter 'text' is mandatory for a header."),
    format === 'text' &&
      tooLong(given.text, 60) &&
      invalid('Header text length invalid. Min length: 1, Max length: 60'),
    MEDIA.includes(format) &&
      !text(media.id) &&
      !text(media.link) &&
      missing(`Parameter '${format}' of the header must contain either 'id' or 'link'.`),
    media.link !== undefined &&
      !isUrl(media.link) &&
      invalid(`interactive['header']['${format}']['link'] should be a valid URL.`),
  );
}

function wordsProblem(content: JsonObject, kind: Kind): GraphError | null {
  const { body, footer } = content;
  const words = obj(body).text;
  return first(
    (kind.body === 'needed' || body !== undefined) &&
      !text(words) &&
      missing("Parameter 'body' with 'text' is mandatory."),
    tooLong(words, kind.longestBody) &&
      invalid(`Body text length invalid. Min length: 1, Max length: ${kind.longestBody}`),
    footer !== undefined &&
      !kind.footer &&
      invalid(`A footer is not supported for interactive ${textOf(content.type)}.`),
    footer !== undefined &&
      !text(obj(footer).text) &&
      missing("Parameter 'footer' needs a 'text'."),
    tooLong(obj(footer).text, 60) &&
      invalid('Footer text length invalid. Min length: 1, Max length: 60'),
  );
}

function buttonsProblem(action: JsonObject): GraphError | null {
  const buttons = objects(action.buttons);
  const replies = buttons.map(({ reply }) => obj(reply));
  return first(
    (replies.length < 1 || replies.length > 3) &&
      invalid('Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3'),
    buttons.some(({ type }) => type !== 'reply') && invalid("Every button has the type 'reply'."),
    replies.some((reply) => !text(reply.id) || !text(reply.title)) &&
      missing("Every button needs a 'reply' with 'id' and 'title'."),
    replies.some((reply) => tooLong(reply.title, 20)) &&
      invalid('Button title length invalid. Min length: 1, Max length: 20'),
    replies.some((reply) => tooLong(reply.id, 256)) &&
      invalid('Button id length invalid. Min length: 1, Max length: 256'),
    repeats(replies.map(({ title }) => title)) && invalid('Button titles must be unique.'),
    repeats(replies.map(({ id }) => id)) && invalid('Button ids must be unique.'),
  );
}

function listProblem(action: JsonObject): GraphError | null {
  const sections = objects(action.sections);
  const rows = sections.flatMap((section) => objects(section.rows));
  return first(
    !text(action.button) && missing("Parameter 'button' is mandatory for a list."),
    tooLong(action.button, 20) && invalid('List button length invalid. Max length: 20'),
    (sections.length < 1 || sections.length > 10) && invalid('Invalid sections count. Max: 10'),
    sections.some((section) => objects(section.rows).length === 0) &&
      missing("Every section needs 'rows'."),
    sections.length > 1 &&
      sections.some(({ title }) => !text(title)) &&
      missing("Every section needs a 'title' where there are several."),
    sections.some(({ title }) => tooLong(title, 24)) &&
      invalid('Section title is too long. Max length: 24'),
    (rows.length < 1 || rows.length > 10) && invalid('Total row count exceed max allowed: 10'),
    rowsProblem(rows),
  );
}

function rowsProblem(rows: JsonObject[]): GraphError | null {
  return first(
    rows.some((row) => !text(row.id) || !text(row.title)) &&
      missing("Every row needs 'id' and 'title'."),
    rows.some((row) => tooLong(row.id, 200)) && invalid('Row id is too long. Max length: 200'),
    rows.some((row) => tooLong(row.title, 24)) && invalid('Row title is too long. Max length: 24'),
    rows.some((row) => tooLong(row.description, 72)) &&
      invalid('Row description is too long. Max length: 72'),
    repeats(rows.map(({ id }) => id)) && invalid('Duplicated row id'),
  );
}

const nameProblem = (action: JsonObject, name: string): GraphError | null =>
  action.name === name ? null : invalid(`action['name'] must be '${name}'.`);

function linkProblem(action: JsonObject): GraphError | null {
  const { display_text: words, url } = obj(action.parameters);
  return first(
    nameProblem(action, 'cta_url'),
    (!text(words) || !text(url)) &&
      missing("Parameters 'display_text' and 'url' are mandatory for a link."),
    tooLong(words, 20) && invalid('display_text is too long. Max length: 20'),
    !isUrl(url) && invalid("action['parameters']['url'] should be a valid URL."),
  );
}

function flowProblem(action: JsonObject): GraphError | null {
  const { flow_message_version: version, flow_id, flow_name, flow_cta } = obj(action.parameters);
  return first(
    nameProblem(action, 'flow'),
    version !== '3' && invalid("flow_message_version must be '3'."),
    text(flow_id) === text(flow_name) && invalid('Give either flow_id or flow_name.'),
    !text(flow_cta) && missing("Parameter 'flow_cta' is mandatory for a flow."),
  );
}
