import { isObject, textOf, type Json } from '../model.ts';
import {
  first,
  invalid,
  isUrl,
  missing,
  obj,
  objects,
  text,
  tooLong,
  type Rule,
} from './checks.ts';
import { invalidParameter, type GraphError } from './errors.ts';
import { interactiveRule } from './interactive-rules.ts';

function mediaRule(type: string, caption: boolean): Rule {
  return (content) =>
    first(
      !text(content.id) &&
        !text(content.link) &&
        missing(`Parameter '${type}' must contain either 'id' or 'link'.`),
      content.link !== undefined &&
        !isUrl(content.link) &&
        invalid(`${type}['link'] should be a valid URL.`),
      !caption && content.caption !== undefined && invalid(`${type}['caption'] is not supported.`),
      tooLong(content.caption, 1024) &&
        invalidParameter(`Param ${type}['caption'] must be at most 1024 characters long.`),
      content.voice !== undefined &&
        typeof content.voice !== 'boolean' &&
        invalidParameter(`Param ${type}['voice'] must be a boolean.`),
      content.filename !== undefined &&
        (type !== 'document' || !text(content.filename)) &&
        invalid(`${type}['filename'] is not supported.`),
    );
}

const textRule: Rule = (content) =>
  first(
    !text(content.body) && invalidParameter("The parameter text['body'] is required."),
    tooLong(content.body, 4096) &&
      invalidParameter("Param text['body'] must be at most 4096 characters long."),
    content.preview_url !== undefined &&
      typeof content.preview_url !== 'boolean' &&
      invalidParameter("Param text['preview_url'] must be a boolean."),
  );

const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;

const reactionRule: Rule = (content) =>
  first(
    !text(content.message_id) && missing("Parameter 'message_id' is mandatory for a reaction."),
    typeof content.emoji !== 'string' && missing("Parameter 'emoji' is mandatory for a reaction."),
    text(content.emoji) && !EMOJI.test(content.emoji) && invalid("reaction['emoji'] is no emoji."),
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
    (tooLong(content.name, 1000) || tooLong(content.address, 1000)) &&
      invalid('Name and address of a location have at most 1000 characters.'),
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

/** The parts of a name of which a card has one beside the whole. */
const NAME_PARTS = ['first_name', 'last_name', 'middle_name', 'suffix', 'prefix'];

/** Judges `contacts`, the one type whose content is an array (Meta, "Contacts messages"). */
export function contactsProblem(contacts: Json | undefined): GraphError | null {
  if (!Array.isArray(contacts) || contacts.length === 0)
    return missing("Parameter 'contacts' must be a non-empty array.");
  if (contacts.length > 257) return invalid('At most 257 contacts are allowed.');
  const problems = objects(contacts).map((contact) => {
    const name = obj(contact.name);
    return first(
      !text(name.formatted_name) && missing("Every contact needs 'name' with 'formatted_name'."),
      !NAME_PARTS.some((part) => text(name[part])) &&
        invalid('At least one of the optional parts of a name goes along with formatted_name.'),
      objects(contact.phones).some(({ phone }) => !text(phone)) &&
        missing("Every phone of a contact needs a 'phone'."),
      objects(contact.emails).some(({ email }) => !text(email)) &&
        missing("Every email of a contact needs an 'email'."),
      contact.birthday !== undefined &&
        !/^\d{4}-\d{2}-\d{2}$/.test(textOf(contact.birthday)) &&
        invalid("contacts['birthday'] must be YYYY-MM-DD."),
    );
  });
  return problems.find((problem) => problem !== null) ?? null;
}
