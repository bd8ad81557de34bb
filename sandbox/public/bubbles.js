import { button, el } from './dom.js';
import { formatted, plain } from './format.js';
import { icon } from './icons.js';
import { file } from './media.js';

/** @typedef {import('./api.js').Message} Message */
/** @typedef {import('./api.js').Option} Option */
/**
 * @typedef {{ openMenu: (message: Message) => void,
 *   choose: (message: Message, option: Option) => void, openList: (message: Message) => void,
 *   show: (id: string) => void }} BubbleActions
 */

const TICKS = {
  waiting: /** @type {const} */ ({ shape: 'waiting', words: 'Waiting to be sent' }),
  sent: /** @type {const} */ ({ shape: 'sent', words: 'Sent' }),
  read: /** @type {const} */ ({ shape: 'read', words: 'Read' }),
};

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
/** How long a finger rests on a bubble to open its menu, in milliseconds. */
const LONG_PRESS = 450;
/** How far it may stray meanwhile, in pixels. */
const STILL = 10;

const DATE = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });

/** @param {Message} message */
function meta(message) {
  const tick = message.tick === null ? null : TICKS[message.tick];
  return el(
    'span',
    { class: 'meta' },
    message.edited ? 'Edited' : null,
    el('time', { datetime: new Date(message.at).toISOString() }, TIME.format(message.at)),
    tick === null
      ? null
      : el(
          'span',
          { class: `tick ${message.tick}` },
          icon(tick.shape),
          el('span', { class: 'sr' }, tick.words),
        ),
  );
}

/** @param {Message} message @param {BubbleActions} actions */
function quote(message, actions) {
  const { quote: quoted } = message;
  if (quoted === null) return null;
  return button(
    { class: 'quote', 'aria-label': `Quoted: ${plain(quoted.text)}` },
    () => actions.show(quoted.id),
    quoted.who === '' ? null : el('b', {}, quoted.who),
    el('span', {}, plain(quoted.text)),
  );
}

/**
 * What a message offers: answers to tap, links to open, a list behind one button.
 * @param {Message} message
 * @param {BubbleActions} actions
 */
function options(message, actions) {
  const { options: all, list } = message.content;
  const shown = all
    .filter(({ kind }) => kind !== 'row')
    .map((one) => option(message, one, actions));
  if (shown.length === all.length) return shown;
  const open = button(
    { class: 'option', 'aria-haspopup': 'dialog' },
    () => actions.openList(message),
    icon('list'),
    el('b', {}, list),
  );
  return [open, ...shown];
}

/** @param {Message} message @param {Option} one @param {BubbleActions} actions */
function option(message, one, actions) {
  const words = [
    el('b', {}, one.title),
    one.description === '' ? null : el('span', {}, one.description),
  ];
  if (one.kind !== 'link')
    return button({ class: 'option' }, () => actions.choose(message, one), ...words);
  const away = { href: one.value, target: '_blank', rel: 'noopener noreferrer' };
  return el('a', { class: 'option', ...away }, ...words);
}

/** @param {Message} message */
function reactions(message) {
  const { customer, business } = message.reactions;
  if (!customer && !business) return null;
  const parts = [
    customer ? el('span', { title: 'You' }, customer) : null,
    business ? el('span', { title: 'Business' }, business) : null,
  ];
  return el('span', { class: 'reactions', role: 'group', 'aria-label': 'Reactions' }, ...parts);
}

/**
 * On a touch screen the menu opens by a long press, as on any phone.
 * @param {HTMLElement} element
 * @param {() => void} open
 */
function onLongPress(element, open) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let from = { x: 0, y: 0 };
  let opened = false;
  const end = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  element.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'touch') return;
    from = event;
    opened = false;
    timer = setTimeout(() => {
      opened = true;
      open();
    }, LONG_PRESS);
  });
  element.addEventListener('pointermove', ({ x, y }) => {
    if (Math.hypot(x - from.x, y - from.y) > STILL) end();
  });
  element.addEventListener('pointerup', end);
  element.addEventListener('pointercancel', end);
  // The finger that lifts must not tap what has come up under it.
  element.addEventListener('touchend', (event) => {
    if (opened) event.preventDefault();
  });
  // The system's own menu would lie over ours.
  element.addEventListener('contextmenu', (event) => {
    if (timer !== undefined) event.preventDefault();
  });
}

/** A long text of one line each, for the name of a control. @param {string} text */
function short(text) {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** @param {string} what the message in words @param {() => void} open */
const moreButton = (what, open) =>
  button(
    { class: 'more', 'aria-label': `React or reply to: ${short(what)}`, 'aria-haspopup': 'dialog' },
    open,
    icon('more'),
  );

/**
 * A message as an item of the list.
 * @param {Message} message
 * @param {BubbleActions} actions
 * @returns {HTMLLIElement}
 */
export function bubble(message, actions) {
  const { content } = message;
  const own = message.side === 'customer';
  const what = plain(content.text) || content.media?.name || content.label || content.header;
  const labelled = content.media === null ? 'label' : 'sr';
  const body = el(
    'div',
    { class: 'bubble' },
    message.group === '' ? null : el('span', { class: 'label' }, 'In a group'),
    quote(message, actions),
    content.label === '' ? null : el('span', { class: labelled }, content.label),
    file(content),
    content.header === '' ? null : el('b', { class: 'head' }, content.header),
    el('span', { class: 'text', dir: 'auto' }, ...formatted(content.text)),
    content.footer === '' ? null : el('span', { class: 'footer' }, content.footer),
    meta(message),
  );
  const more = message.deleted ? null : moreButton(what, () => actions.openMenu(message));
  if (!message.deleted) onLongPress(body, () => actions.openMenu(message));
  return el(
    'li',
    { class: own ? 'message own' : 'message', 'data-id': message.id },
    el('span', { class: 'sr' }, own ? 'You: ' : 'Business: '),
    el('div', { class: 'line' }, body, more),
    ...options(message, actions),
    reactions(message),
  );
}

/** @param {number} at */
function startOfDay(at) {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** @param {number} at */
function dayText(at) {
  const today = startOfDay(Date.now());
  if (startOfDay(at) === today) return 'Today';
  if (startOfDay(at) === startOfDay(today - 1)) return 'Yesterday';
  return DATE.format(at);
}

/**
 * A heading between two days; null within one.
 * @param {number} at
 * @param {number | null} before the time of the message above
 * @returns {HTMLLIElement | null}
 */
export function dayMark(at, before) {
  if (before !== null && startOfDay(at) === startOfDay(before)) return null;
  return el('li', { class: 'day' }, dayText(at));
}
