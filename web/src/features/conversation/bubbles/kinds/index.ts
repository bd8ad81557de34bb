import type { MessageType } from '@switchboard/domain';
import type { Component } from 'vue';
import { typeName, type TypeName } from '../../../../i18n/type-name.ts';
import AnswerBubble from './AnswerBubble.vue';
import ContactsBubble from './ContactsBubble.vue';
import LocationBubble from './LocationBubble.vue';
import NoticeLine from './NoticeLine.vue';
import OrderBubble from './OrderBubble.vue';
import PlainBubble from './PlainBubble.vue';
import UnsupportedBubble from './UnsupportedBubble.vue';

/** One chunk, loaded when the first message that needs any of it is drawn. */
export { default as EventRow } from '../../components/EventRow.vue';
export { default as EarlierVersions } from './EarlierVersions.vue';
export { default as MessageHead } from './MessageHead.vue';
export { default as ForwardedMark } from './ForwardedMark.vue';
export { default as RemarkLine } from './RemarkLine.vue';
export { NoticeLine };

/** Types with more to show than words; all others are {@link PlainBubble}s. */
const KINDS: Readonly<Partial<Record<MessageType, Component>>> = {
  location: LocationBubble,
  contacts: ContactsBubble,
  interactive: AnswerBubble,
  button: AnswerBubble,
  order: OrderBubble,
  system: NoticeLine,
  request_welcome: NoticeLine,
  call: NoticeLine,
  group_update: NoticeLine,
  unsupported: UnsupportedBubble,
  unknown: UnsupportedBubble,
};

/** The inside of a bubble for a message type, also for one that this version does not know. */
export const kindBubble = (type: string): Component =>
  (KINDS as Partial<Record<TypeName, Component>>)[typeName(type)] ?? PlainBubble;
