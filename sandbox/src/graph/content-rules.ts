import { isObject, type Json, type JsonObject } from '../model.ts';
import { graphError, invalidParameter, type GraphError } from './errors.ts';

/** Judges the content object of one message type; null means Meta would accept it. */
type Rule = (content: JsonObject) => GraphError | null;

const missing = (details: string): GraphError => graphError(131008, details);
const invalid = (details: string): GraphError => graphError(131009, details);

const text = (value: Json | undefined): value is string =>
  typeof value === 'string' && value.length > 0;

function tooLong(value: Json | undefined, max: number): boolean {
  return typeof value === 'string' && value.length > max;
}

function first(...checks: (GraphError | null | false)[]): GraphError | null {
  return checks.find((check): check is GraphError => Boolean(check)) ?? null;
}

function mediaRule(type: string, caption: boolean): Rule {
  return (content) =>
    first(
      !text(content.id) &&
        !text(content.link) &&
        missing(`Parameter '${type}' must contain either 'id' or 'link'.`),
      text(content.link) &&
        !/^https?:\/\//.test(content.link) &&
        invalid(`${type}['link'] should be a valid URL.`),
      !caption && content.caption !== undefined && invalid(`${type}['caption'] is not supported.`),
      tooLong(content.caption, 1024) &&
        invalidParameter(`Param ${type}['caption'] must be at most 1024 characters long.`),
    );
}

const textRule: Rule = (content) =>
  first(
    !text(content.body) && invalidParameter("The parameter text['body'] is required."),
    tooLong(content.body, 4096) &&
      invalidParameter("Param text['body'] must be at most 4096 characters long."),
  );

const reactionRule: Rule = (content) =>
  first(
    !text(content.message_id) && missing("Parameter 'message_id' is mandatory for a reaction."),
    typeof content.emoji !== 'string' && missing("Parameter 'emoji' is mandatory for a reaction."),
  );

function inRange(value: Json | undefined, limit: number): boolean {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Math.abs(number) <= limit;
}

const locationRule: Rule = (content) =>
  first(
    (content.latitude === undefined || content.longitude === undefined) &&
      missing("Parameters 'latitude' and 'longitude' are mandatory for a location."),
    !inRange(content.latitude, 90) && invalid("location['latitude'] is out of range."),
    !inRange(content.longitude, 180) && invalid("location['longitude'] is out of range."),
  );

const templateRule: Rule = (content) =>
  first(
    !text(content.name) && missing("Parameter 'name' is mandatory for a template."),
    !(isObject(content.language) && text(content.language.code)) &&
      missing("Parameter 'language' with 'code' is mandatory for a template."),
    content.components !== undefined &&
      !Array.isArray(content.components) &&
      invalid("template['components'] must be an array."),
  );

function buttonsOf(action: JsonObject): JsonObject[] {
  return Array.isArray(action.buttons) ? action.buttons.filter(isObject) : [];
}

function replyButtonsRule(action: JsonObject): GraphError | null {
  const replies = buttonsOf(action).map((button) => (isObject(button.reply) ? button.reply : {}));
  const titles = replies.map((reply) => reply.title);
  return first(
    (replies.length < 1 || replies.length > 3) &&
      invalid('Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3'),
    replies.some((reply) => !text(reply.id) || !text(reply.title)) &&
      missing("Every button needs a 'reply' with 'id' and 'title'."),
    replies.some((reply) => tooLong(reply.title, 20)) &&
      invalid('Button title length invalid. Min length: 1, Max length: 20'),
    replies.some((reply) => tooLong(reply.id, 256)) &&
      invalid('Button id length invalid. Min length: 1, Max length: 256'),
    new Set(titles).size !== titles.length && invalid('Button titles must be unique.'),
  );
}

function listRule(action: JsonObject): GraphError | null {
  const sections = Array.isArray(action.sections) ? action.sections.filter(isObject) : [];
  const rows = sections.flatMap((s) => (Array.isArray(s.rows) ? s.rows.filter(isObject) : []));
  return first(
    !text(action.button) && missing("Parameter 'button' is mandatory for a list."),
    tooLong(action.button, 20) && invalid('List button length invalid. Max length: 20'),
    (sections.length < 1 || sections.length > 10) && invalid('Invalid sections count. Max: 10'),
    (rows.length < 1 || rows.length > 10) && invalid('Total row count exceed max allowed: 10'),
    rows.some((row) => !text(row.id) || !text(row.title)) &&
      missing("Every row needs 'id' and 'title'."),
    rows.some((row) => tooLong(row.title, 24)) && invalid('Row title is too long. Max length: 24'),
    rows.some((row) => tooLong(row.description, 72)) &&
      invalid('Row description is too long. Max length: 72'),
  );
}

const interactiveRule: Rule = (content) => {
  const action = isObject(content.action) ? content.action : null;
  const body = isObject(content.body) ? content.body : {};
  const bodyMax = content.type === 'list' ? 4096 : 1024;
  return first(
    !text(content.type) && missing("Parameter 'type' is mandatory for an interactive message."),
    action === null && missing("Parameter 'action' is mandatory for an interactive message."),
    (content.type === 'button' || content.type === 'list') &&
      !text(body.text) &&
      missing("Parameter 'body' with 'text' is mandatory."),
    tooLong(body.text, bodyMax) && invalid(`Body text length invalid. Max length: ${bodyMax}`),
    action !== null && content.type === 'button' && replyButtonsRule(action),
    action !== null && content.type === 'list' && listRule(action),
  );
};

/** The rules per message type; limits from Meta's pages of the same names. */
export const CONTENT_RULES: Record<string, Rule> = {
  text: textRule,
  reaction: reactionRule,
  template: templateRule,
  image: mediaRule('image', true),
  video: mediaRule('video', true),
  document: mediaRule('document', true),
  audio: mediaRule('audio', false),
  sticker: mediaRule('sticker', false),
  location: locationRule,
  interactive: interactiveRule,
};

/** Judges `contacts`, the one type whose content is an array (Meta, "Contacts messages"). */
export function contactsProblem(contacts: Json | undefined): GraphError | null {
  if (!Array.isArray(contacts) || contacts.length === 0)
    return missing("Parameter 'contacts' must be a non-empty array.");
  if (contacts.length > 257) return invalid('At most 257 contacts are allowed.');
  const named = contacts.every(
    (contact) => isObject(contact) && isObject(contact.name) && text(contact.name.formatted_name),
  );
  return named ? null : missing("Every contact needs 'name' with 'formatted_name'.");
}
