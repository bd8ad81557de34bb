import type { EventEntry } from '@switchboard/domain';
import { h, shallowRef, type Component, type FunctionalComponent, type VNode } from 'vue';
import { allTexts, useI18n } from '../../../i18n/index.ts';
import { typeText } from '../../../i18n/type-name.ts';
import type { Listed, MessageEntry } from '../model/rows.ts';

interface OfEntry<E = MessageEntry> {
  entry: E;
}

/**
 * Components of a chunk. Not by `onDemand`: all that a chunk has is drawn at once when it is there, and
 * a message whose chunk can't be loaded keeps its line instead of being blank.
 */
function chunk<M>(load: () => Promise<M>) {
  const loaded = shallowRef<M>();
  let asked = false;
  /** Asks for the chunk once; after a failure, when the next such message is drawn. */
  const ask = (): void => {
    if (asked) return;
    asked = true;
    Promise.all([load(), allTexts()]).then(
      ([module]) => (loaded.value = module),
      () => (asked = false),
    );
  };
  return <P extends OfEntry<unknown>>(
      pick: (module: M, entry: P['entry']) => Component,
      meanwhile?: (entry: P['entry']) => VNode,
    ): FunctionalComponent<P> =>
    (props) => {
      if (loaded.value) return h(pick(loaded.value, props.entry), props);
      ask();
      return meanwhile?.(props.entry);
    };
}

const line = ({ type }: MessageEntry): VNode =>
  h('p', { class: 'tagline' }, typeText(useI18n().t, type));

const ofKind = chunk(() => import('./kinds/index.ts'));

/** The inside of a bubble for every type but text and media; until it is there, the name of the type. */
export const KindBubble = ofKind<OfEntry>(({ kindBubble }, entry) => kindBubble(entry.type), line);

/** What WhatsApp says about the chat itself, across the thread. */
export const NoticeLine = ofKind<OfEntry>((all) => all.NoticeLine, line);

/** What happened to the conversation; its line is kept free until it can be said. */
export const EventRow = ofKind<OfEntry<Listed<EventEntry>>>(
  (all) => all.EventRow,
  () => h('p', { class: 'tagline' }, '…'),
);

/** Above a message's own words: the advertisement it came from, the product, what went wrong. */
export const MessageHead = ofKind<OfEntry>((all) => all.MessageHead);

/** Above a message that was written to somebody else first. */
export const ForwardedMark = ofKind<OfEntry>((all) => all.ForwardedMark);

/** Under a message that does not stand where it happened, or did not leave from here: why. */
export const RemarkLine = ofKind<OfEntry>((all) => all.RemarkLine);

/** Under a message that its author changed: that it was changed and, on request, what it said. */
export const EarlierVersions = ofKind<OfEntry & { before: readonly MessageEntry[] }>(
  (all) => all.EarlierVersions,
);

const ofMedia = chunk(() => import('./media/MediaBubble.vue'));

/** The inside of a bubble for a photo, video, sound, file or sticker. */
export const MediaBubble = ofMedia<OfEntry>((media) => media.default, line);
