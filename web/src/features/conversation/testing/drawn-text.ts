import { render } from '@testing-library/vue';
import { bubbleOf } from '../bubbles/registry.ts';
import { kindBubble } from '../bubbles/kinds/index.ts';
import type { MessageEntry } from '../model/rows.ts';
import { inThread } from './in-thread.ts';

const ON_DEMAND = bubbleOf('');

/** What the bubble of a message says, with nothing left to load. */
export function drawnText(entry: MessageEntry): string {
  const bubble = bubbleOf(entry.type);
  const { container, unmount } = render(
    inThread(bubble === ON_DEMAND ? kindBubble(entry.type) : bubble, () => ({ entry })),
  );
  const text = container.textContent;
  unmount();
  return text;
}
