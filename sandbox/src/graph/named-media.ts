import { isObject, textOf, type Json, type JsonObject } from '../model.ts';
import { invalidParameter, type GraphError } from './errors.ts';
import type { MediaKind } from './media-rules.ts';

/** Media that a send names by id; `path` is the place as Meta's refusals write it. */
export interface NamedMedia {
  id: string;
  kind: MediaKind;
  path: string;
  /** To be played as a voice message. */
  voice: boolean;
}

const KINDS: readonly string[] = ['audio', 'document', 'image', 'sticker', 'video'];
const isKind = (type: string): type is MediaKind => KINDS.includes(type);

const objects = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.map((one) => (isObject(one) ? one : {})) : [];

/** The media in an object that holds them under their kind: a message, a header, a parameter. */
function mediaUnder(type: Json | undefined, holder: JsonObject, prefix: string): NamedMedia[] {
  const kind = textOf(type).toLowerCase();
  const media = holder[kind];
  if (!isKind(kind) || !isObject(media) || typeof media.id !== 'string') return [];
  const path = prefix === '' ? kind : `${prefix}['${kind}']`;
  return [{ id: media.id, kind, path: `${path}['id']`, voice: media.voice === true }];
}

/** The media that a message names by id: its own, those of an interactive header, those of a template. */
export function namedMedia(type: string, body: JsonObject): NamedMedia[] {
  const content = body[type];
  if (!isObject(content)) return [];
  if (type === 'interactive') {
    const header = isObject(content.header) ? content.header : {};
    return mediaUnder(header.type, header, "interactive['header']");
  }
  if (type !== 'template') return mediaUnder(type, body, '');
  return objects(content.components).flatMap((component, at) =>
    objects(component.parameters).flatMap((parameter, place) =>
      mediaUnder(
        parameter.type,
        parameter,
        `template['components'][${at}]['parameters'][${place}]`,
      ),
    ),
  );
}

/** What Meta answers to an id that names no media of this number. */
export const unknownMedia = ({ path }: NamedMedia): GraphError =>
  invalidParameter(`Param ${path} is not a valid whatsapp business account media attachment ID`);
