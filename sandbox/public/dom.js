/* global document */

/**
 * Finds an element of the page that is always there, and is of this kind.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {string} id
 * @param {K} tag
 * @returns {HTMLElementTagNameMap[K]}
 */
export function byId(id, tag) {
  const element = document.getElementById(id);
  if (element?.localName !== tag) throw new Error(`The page has no ${tag}#${id}`);
  return /** @type {HTMLElementTagNameMap[K]} */ (element);
}

/**
 * Makes an element. Strings become text nodes and nothing else, so that what people write is never
 * read as HTML.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | boolean | undefined>} attributes `true` sets an empty attribute
 * @param {(Node | string | null)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/**
 * A button with what it does.
 * @param {Record<string, string | boolean | undefined>} attributes
 * @param {() => void} act
 * @param {(Node | string | null)[]} children
 * @returns {HTMLButtonElement}
 */
export function button(attributes, act, ...children) {
  const element = el('button', { type: 'button', ...attributes }, ...children);
  element.addEventListener('click', act);
  return element;
}

/**
 * Initials of a name, at most two.
 * @param {string} name
 * @returns {string}
 */
export function initials(name) {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ''];
  return letters
    .map((word) => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toUpperCase();
}

/**
 * Digits as a person reads a number: North American ones in groups, others with a plus sign.
 * @param {string} digits
 * @returns {string}
 */
export function phoneText(digits) {
  const american = /^1(\d{3})(\d{3})(\d{4})$/.exec(digits);
  return american ? `+1 ${american[1]} ${american[2]} ${american[3]}` : `+${digits}`;
}
