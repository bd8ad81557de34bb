import { MESSAGE_TYPES, type MessageType } from '@switchboard/domain';
import type { Translate } from './index.ts';

/** Kinds of messages with a name of their own on the screen; `template` is only ever sent by us. */
export type TypeName = MessageType | 'template' | 'other';

const NAMED: ReadonlySet<string> = new Set([...MESSAGE_TYPES, 'template']);

/** The name of a kind of message; `other` for one that this version does not know. */
export const typeName = (type: string): TypeName =>
  NAMED.has(type) ? (type as TypeName) : 'other';

/** What a kind of message is called; `type` is WhatsApp's word, said where there is no other. */
export const typeText = (t: Translate, name: TypeName, type: string): string =>
  t(`types.${name}`, { type: type.slice(0, 40) });
