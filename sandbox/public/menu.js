/* global navigator */
import { button, byId } from './dom.js';
import { plain } from './format.js';
import { canDelete, canEdit } from './items.js';

/** @typedef {import('./api.js').Message} Message */

const EMOJIS = [
  ['👍', 'Thumbs up'],
  ['❤️', 'Heart'],
  ['😂', 'Laughing'],
  ['😮', 'Surprised'],
  ['😢', 'Sad'],
  ['🙏', 'Thank you'],
];

/**
 * Wires the sheet with what a customer can do with a message, and answers what opens it.
 * @param {{ react: (message: Message, emoji: string) => void, reply: (message: Message) => void,
 *   edit: (message: Message) => void, remove: (message: Message) => void }} actions
 * @returns {(message: Message) => void}
 */
export function setUpMenu(actions) {
  const dialog = byId('message-menu', 'dialog');
  /** @type {Message | null} */
  let current = null;
  const wire = (/** @type {string} */ id, /** @type {(message: Message) => void} */ act) =>
    byId(id, 'button').addEventListener('click', () => {
      dialog.close();
      if (current !== null) act(current);
    });
  wire('menu-close', () => undefined);
  wire('menu-reply', actions.reply);
  wire('menu-edit', actions.edit);
  wire('menu-delete', actions.remove);
  wire('menu-copy', (message) => {
    void navigator.clipboard.writeText(message.content.text).catch(() => undefined);
  });
  return (message) => {
    current = message;
    byId('menu-text', 'p').textContent = plain(message.content.text) || message.content.label;
    byId('menu-edit', 'button').hidden = !canEdit(message, Date.now());
    byId('menu-delete', 'button').hidden = !canDelete(message, Date.now());
    const emojis = EMOJIS.map(([emoji = '', name = '']) => {
      const chosen = message.reactions.customer === emoji;
      const act = () => {
        dialog.close();
        actions.react(message, chosen ? '' : emoji);
      };
      const label = chosen ? `${name}, take it back` : name;
      return button(
        { class: 'emoji', 'aria-label': label, 'aria-pressed': String(chosen) },
        act,
        emoji,
      );
    });
    byId('menu-emojis', 'div').replaceChildren(...emojis);
    dialog.showModal();
  };
}
