import { formatText, type Inline } from '@switchboard/domain';

/** Only of these WhatsApp shows a preview (Meta, "Text messages"). */
const PREVIEWED = /^https?:/i;

const linkIn = (nodes: readonly Inline[]): string | null => {
  for (const node of nodes) {
    if (node.type === 'link' && PREVIEWED.test(node.href)) return node.href;
    const inner = 'children' in node ? linkIn(node.children) : null;
    if (inner !== null) return inner;
  }
  return null;
};

/** The first link of a text to a page; `null` where there is none. */
export function firstLink(text: string): string | null {
  for (const block of formatText(text)) {
    const lines =
      block.type === 'paragraph'
        ? [block.children]
        : block.type === 'quote'
          ? block.lines
          : block.items.map(({ children }) => children);
    const found = linkIn(lines.flat());
    if (found !== null) return found;
  }
  return null;
}
