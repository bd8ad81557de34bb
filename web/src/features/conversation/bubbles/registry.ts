import type { MessageType } from '@switchboard/domain';
import type { Component } from 'vue';
import { KindBubble, MediaBubble } from './kinds-on-demand.ts';
import TextBubble from './TextBubble.vue';

/**
 * What a message of each type looks like inside its bubble; every component takes `entry`. A type that
 * gets a bubble of its own is entered here, or in `kinds/index.ts` where it may come on demand.
 */
export const BUBBLES: Readonly<Record<MessageType, Component>> = {
  text: TextBubble,
  image: MediaBubble,
  video: MediaBubble,
  audio: MediaBubble,
  voice: MediaBubble,
  document: MediaBubble,
  sticker: MediaBubble,
  location: KindBubble,
  contacts: KindBubble,
  interactive: KindBubble,
  button: KindBubble,
  reaction: KindBubble,
  order: KindBubble,
  system: KindBubble,
  unsupported: KindBubble,
  unknown: KindBubble,
  request_welcome: KindBubble,
  edit: KindBubble,
  revoke: KindBubble,
  media_placeholder: KindBubble,
  call: KindBubble,
  group_update: KindBubble,
};

/** The bubble of a type, also of one that this version does not know. */
export const bubbleOf = (type: string): Component =>
  Object.hasOwn(BUBBLES, type) ? BUBBLES[type as MessageType] : KindBubble;
