import type { Component } from 'vue';
import { typeName, type TypeName } from '../../../../i18n/type-name.ts';
import AnswerBubble from './AnswerBubble.vue';
import ContactsBubble from './ContactsBubble.vue';
import { InteractiveBubble } from './InteractiveBubble.ts';
import LocationBubble from './LocationBubble.vue';
import NoticeLine from './NoticeLine.vue';
import OrderBubble from './OrderBubble.vue';
import PlainBubble from './PlainBubble.vue';
import TemplateBubble from './TemplateBubble.vue';
import UnsupportedBubble from './UnsupportedBubble.vue';

/** One chunk, loaded when the first message that needs any of it is drawn. */
export { default as EventRow } from '../../components/EventRow.vue';
export { default as EarlierVersions } from './EarlierVersions.vue';
export { default as MessageHead } from './MessageHead.vue';
export { default as ForwardedMark } from './ForwardedMark.vue';
export { default as RemarkLine } from './RemarkLine.vue';
export { NoticeLine };

/** Types with more to show than words; all others are {@link PlainBubble}s. */
const KINDS: Readonly<Partial<Record<TypeName, Component>>> = {
  location: LocationBubble,
  contacts: ContactsBubble,
  interactive: InteractiveBubble,
  button: AnswerBubble,
  order: OrderBubble,
  template: TemplateBubble,
  system: NoticeLine,
  request_welcome: NoticeLine,
  call: NoticeLine,
  group_update: NoticeLine,
  unsupported: UnsupportedBubble,
  unknown: UnsupportedBubble,
};

/** The inside of a bubble for a message type, also for one that this version does not know. */
export const kindBubble = (type: string): Component => KINDS[typeName(type)] ?? PlainBubble;
