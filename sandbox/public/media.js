import { el } from './dom.js';
import { plain } from './format.js';
import { icon } from './icons.js';

/** @typedef {import('./api.js').Content} Content */

/**
 * The file of a bubble: a picture, a player, or what saves it; null where there is none.
 * @param {Content} content
 * @returns {HTMLElement | null}
 */
export function file(content) {
  if (content.media === null) return null;
  const { kind, id, name } = content.media;
  const src = `/phone/api/media/${encodeURIComponent(id)}`;
  const words = name || plain(content.text) || content.label;
  if (kind === 'document')
    return el('a', { class: 'file', href: src, download: name }, icon('document'), words);
  return orGone(shown(kind, src, words), content);
}

/** @param {'image' | 'sticker' | 'video' | 'audio'} kind @param {string} src @param {string} words */
function shown(kind, src, words) {
  if (kind === 'image' || kind === 'sticker')
    return el('img', { class: `media ${kind}`, src, alt: words });
  const attributes = { src, controls: true, preload: 'metadata', 'aria-label': words };
  return el(kind, { class: `media ${kind}`, ...attributes });
}

/** What can't be shown says so in words. @param {HTMLElement} element @param {Content} content */
function orGone(element, content) {
  element.addEventListener('error', () =>
    element.replaceWith(
      el('span', { class: 'label' }, `${content.label}, which can’t be shown here`),
    ),
  );
  return element;
}
