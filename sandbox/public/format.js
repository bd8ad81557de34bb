import { el } from './dom.js';

/**
 * WhatsApp's formatting as a phone shows it (WhatsApp Help Center, "How to format your messages"): a
 * marker counts at the edge of a word, and never over a line break.
 */
const MARKED =
  /```([^]+?)```|`([^`\n]+)`|(?<![\p{L}\p{N}])(?:\*(?!\s)([^*\n]+)(?<!\s)\*|_(?!\s)([^_\n]+)(?<!\s)_|~(?!\s)([^~\n]+)(?<!\s)~)(?![\p{L}\p{N}])/gu;
/** What the groups of {@link MARKED} become, in their order. */
const TAGS = /** @type {const} */ (['code', 'code', 'strong', 'em', 's']);

/**
 * The parts of a text: strings, and elements for what is formatted.
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function formatted(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(MARKED)) {
    const group = found.slice(1).findIndex((part) => part !== undefined);
    const inside = found[group + 1] ?? '';
    const tag = TAGS[group] ?? 'code';
    parts.push(text.slice(end, found.index));
    parts.push(el(tag, {}, ...(tag === 'code' ? [inside] : formatted(inside))));
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)];
}

/** The words of a text without the markers. @param {string} text @returns {string} */
export const plain = (text) =>
  text.replace(MARKED, (_, ...groups) => {
    const group = groups.slice(0, TAGS.length).findIndex((part) => part !== undefined);
    const inside = String(groups[group]);
    return TAGS[group] === 'code' ? inside : plain(inside);
  });
