import { MESSAGE_TYPES, type MessageType } from '@switchboard/domain';
import type { Translate } from './index.ts';

/** Kinds of messages with a name of their own on the screen; `template` and `choices` are only ever sent by us. */
export type TypeName = MessageType | 'template' | 'choices' | 'other';

const NAMED: ReadonlySet<string> = new Set([...MESSAGE_TYPES, 'template', 'choices']);

/** WhatsApp has one word for choices and for what was chosen: of ours it is `choices`. */
export const ourType = (kind: string, type: string): string =>
  kind === 'outbound' && type === 'interactive' ? 'choices' : type;

/** The name of a kind of message; `other` for one that this version does not know. */
export const typeName = (type: string): TypeName =>
  NAMED.has(type) ? (type as TypeName) : 'other';

/** What a kind of message is called: WhatsApp's own word where there is no other. */
export const typeText = (t: Translate, type: string): string =>
  t(`types.${typeName(type)}`, { type: type.slice(0, 40) });

/** A message on one line: the text of a text, and of any other kind what it is, with what it says. */
export function lineOf(t: Translate, type: string, text: string): string {
  if (type === 'text' && text !== '') return text;
  const kind = typeText(t, type);
  return text === '' ? kind : t('inbox.captioned', { type: kind, text });
}
