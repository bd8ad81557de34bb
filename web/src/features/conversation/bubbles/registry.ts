import { MESSAGE_TYPES, type MessageType } from '@switchboard/domain';
import type { Component } from 'vue';
import { onDemand } from '../../../composables/on-demand.ts';
import { PlainBubble } from './plain.ts';
import TextBubble from './TextBubble.vue';

const MediaBubble = onDemand(() => import('./media/MediaBubble.vue'));

/**
 * What a message of each type looks like inside its bubble; every component takes `entry`. A type that
 * gets a bubble of its own is entered here and nowhere else.
 */
export const BUBBLES: Readonly<Record<MessageType, Component>> = {
  text: TextBubble,
  image: MediaBubble,
  video: MediaBubble,
  audio: MediaBubble,
  voice: MediaBubble,
  document: MediaBubble,
  sticker: MediaBubble,
  location: PlainBubble,
  contacts: PlainBubble,
  interactive: PlainBubble,
  button: PlainBubble,
  reaction: PlainBubble,
  order: PlainBubble,
  system: PlainBubble,
  unsupported: PlainBubble,
  unknown: PlainBubble,
  request_welcome: PlainBubble,
  edit: PlainBubble,
  revoke: PlainBubble,
};

/** The bubble of a type; the plain one for a type that this version does not know. */
export const bubbleOf = (type: string): Component =>
  (MESSAGE_TYPES as readonly string[]).includes(type) ? BUBBLES[type as MessageType] : PlainBubble;
