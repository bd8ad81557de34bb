import { h, shallowRef, type Component, type FunctionalComponent, type VNode } from 'vue';
import { allTexts, useI18n } from '../../../i18n/index.ts';
import { typeText } from '../../../i18n/type-name.ts';
import type { MessageEntry } from '../model/rows.ts';

type Kinds = typeof import('./kinds/index.ts');
interface OfEntry {
  entry: MessageEntry;
}

const kinds = shallowRef<Kinds>();
let asked = false;

/** Asks for the chunk once; after a failure, when the next such message is drawn. */
function ask(): void {
  if (asked) return;
  asked = true;
  Promise.all([import('./kinds/index.ts'), allTexts()]).then(
    ([module]) => (kinds.value = module),
    () => (asked = false),
  );
}

/**
 * A component of `kinds/`. Not by `onDemand`: all of them are one chunk, drawn at once when that is
 * there, and a message whose chunk can't be loaded keeps its line instead of being blank.
 */
const later =
  <P extends OfEntry>(
    pick: (kinds: Kinds, entry: MessageEntry) => Component,
    meanwhile?: (entry: MessageEntry) => VNode,
  ): FunctionalComponent<P> =>
  (props) => {
    if (kinds.value) return h(pick(kinds.value, props.entry), props);
    ask();
    return meanwhile?.(props.entry);
  };

const line = ({ type }: MessageEntry): VNode =>
  h('p', { class: 'tagline' }, typeText(useI18n().t, type));

/** The inside of a bubble for every type but text; until it is there, the name of the type. */
export const KindBubble = later<OfEntry>(({ kindBubble }, entry) => kindBubble(entry.type), line);

/** What WhatsApp says about the chat itself, across the thread. */
export const NoticeLine = later<OfEntry>((all) => all.NoticeLine, line);

/** Above a message's own words: the advertisement it came from, the product, what went wrong. */
export const MessageHead = later<OfEntry>((all) => all.MessageHead);

/** Under a message that its author changed: that it was changed and, on request, what it said. */
export const EarlierVersions = later<OfEntry & { before: readonly MessageEntry[] }>(
  (all) => all.EarlierVersions,
);
