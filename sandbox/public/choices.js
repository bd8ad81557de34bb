import { button, byId, el } from './dom.js';
import { icon } from './icons.js';

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
  const dialog = byId('choices', 'dialog');
  byId('choices-title', 'h2').textContent = title;
  const buttons = choices.map(({ shape, name, act }) =>
    button(
      { class: 'tool' },
      () => {
        dialog.close();
        act();
      },
      icon(shape),
      el('b', {}, name),
    ),
  );
  byId('choices-list', 'div').replaceChildren(...buttons);
  dialog.showModal();
}
