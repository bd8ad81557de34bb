import { button, byId, el } from './dom.js';
import { icon } from './icons.js';

/** @typedef {import('./api.js').Option} Option */
/**
 * @typedef {{ shape: Parameters<typeof icon>[0], name: string, act: () => void }} Choice
 */

/** Wires the sheet that offers one of several things. */
export function setUpChoices() {
  byId('choices-close', 'button').addEventListener('click', () =>
    byId('choices', 'dialog').close(),
  );
}

/**
 * Asks which of several things is meant, and does it.
 * @param {string} title
 * @param {Choice[]} choices
 */
export function offer(title, choices) {
  show(
    title,
    'choice-list',
    choices.map(({ shape, name, act }) => choice(act, 'tool', icon(shape), el('b', {}, name))),
  );
}

/**
 * Opens the rows of a list, under the titles of their sections, and hands on the one that is tapped.
 * @param {string} title
 * @param {Option[]} rows
 * @param {(row: Option) => void} pick
 */
export function offerRows(title, rows, pick) {
  const shown = rows.flatMap((row, index) => {
    const begins = row.section !== '' && row.section !== rows[index - 1]?.section;
    const words = row.description === '' ? null : el('span', {}, row.description);
    return [
      ...(begins ? [el('h3', {}, row.section)] : []),
      choice(() => pick(row), 'row', el('b', {}, row.title), words),
    ];
  });
  show(title, 'row-list', shown);
}

/** @param {() => void} act @param {string} name @param {(Node | null)[]} words */
function choice(act, name, ...words) {
  const tap = () => {
    byId('choices', 'dialog').close();
    act();
  };
  return button({ class: name }, tap, ...words);
}

/** @param {string} title @param {string} name @param {Node[]} shown */
function show(title, name, shown) {
  byId('choices-title', 'h2').textContent = title;
  const list = byId('choices-list', 'div');
  list.className = name;
  list.replaceChildren(...shown);
  byId('choices', 'dialog').showModal();
}
