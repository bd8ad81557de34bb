import { post } from './api.js';
import { offer } from './choices.js';
import { freeNumber } from './customers.js';
import { button, byId, el, phoneText } from './dom.js';
import { icon } from './icons.js';
import * as items from './items.js';
import { offerFaults, offerNews } from './meta.js';

/** @typedef {import('./api.js').Customer} Customer */
/** @typedef {Parameters<typeof icon>[0]} IconName */
/** @typedef {{ ad: boolean, group: boolean, twice: boolean, swap: boolean }} SendFlags */

/**
 * What a message comes from (an ad: the next one only), where it is written, and what goes wrong on
 * its way: kept in the page, used by each send.
 * @type {SendFlags}
 */
export const flags = { ad: false, group: false, twice: false, swap: false };

/**
 * @param {IconName} shape
 * @param {string} name
 * @param {string} explanation
 * @param {() => void} act
 * @param {Record<string, string>} [attributes]
 */
function tool(shape, name, explanation, act, attributes = {}) {
  return button(
    { class: 'tool', title: explanation, ...attributes },
    act,
    icon(shape),
    el('b', {}, name),
    el('span', { class: 'tool-words' }, explanation),
  );
}

/**
 * @param {IconName} shape
 * @param {string} name
 * @param {string} explanation
 * @param {boolean} pressed
 * @param {() => void} act
 */
const toggle = (shape, name, explanation, pressed, act) =>
  tool(shape, name, explanation, act, { class: 'tool wrong', 'aria-pressed': String(pressed) });

/** Asks for a message that the business cannot see. @param {(item: items.Item) => void} send */
function offerUnsupported(send) {
  const kinds = items.UNSUPPORTED.map(([name, kind]) => ({
    name,
    act: () => send(items.unsupported(kind)),
  }));
  const failing = [
    { name: 'Unavailable message', act: () => send(items.unavailable()) },
    { name: 'Video over 100 MB', act: () => send(items.tooLarge()) },
  ];
  offer(
    'Send what the business cannot see',
    [...kinds, ...failing].map((choice) => ({
      shape: /** @type {const} */ ('unsupported'),
      ...choice,
    })),
  );
}

/**
 * Draws the tools of the customer whose phone is open. Solid ones are what a customer does, dashed
 * ones what goes wrong.
 * @param {Customer} customer
 * @param {{ send: (message: items.Item) => void, tell: (words: string) => void }} phone
 */
export function renderTools(customer, phone) {
  const { send, tell } = phone;
  const change = (/** @type {Partial<Customer>} */ patch) =>
    void post('/_sandbox/customers', { from: customer.phone, ...patch });
  const flip = (/** @type {keyof SendFlags} */ flag) => {
    flags[flag] = !flags[flag];
    renderTools(customer, phone);
  };
  const tools = [
    tool('order', 'Order', 'Sends a cart of two products', () => send(items.order())),
    tool('ad', 'From an ad', 'The next message comes from an ad', () => flip('ad'), {
      'aria-pressed': String(flags.ad),
    }),
    tool('group', 'In a group', 'What is written goes to a group', () => flip('group'), {
      'aria-pressed': String(flags.group),
    }),
    tool('welcome', 'First visit', 'Opens the chat for the first time', () =>
      send(items.welcome()),
    ),
    tool(
      'unsupported',
      'Unsupported',
      'Sends what the business cannot see',
      () => offerUnsupported(send),
      { 'aria-haspopup': 'dialog' },
    ),
    tool(
      'number',
      'New number',
      'Takes another number and user id',
      () => void post('/_sandbox/customers/number', { from: customer.phone, to: freeNumber() }),
      { class: 'tool wrong' },
    ),
    toggle('offline', 'Offline', 'Messages wait, in and out', !customer.online, () =>
      change({ online: !customer.online }),
    ),
    toggle('hidden', 'Hide number', 'The business sees a user id', customer.phoneHidden, () =>
      change({ phoneHidden: !customer.phoneHidden }),
    ),
    toggle('receipts', 'No receipts', 'Reading is not told', !customer.sharesRead, () =>
      change({ sharesRead: !customer.sharesRead }),
    ),
    toggle('twice', 'Send twice', 'Each message is delivered twice', flags.twice, () =>
      flip('twice'),
    ),
    toggle('disorder', 'Out of order', 'A message arrives after the next', flags.swap, () =>
      flip('swap'),
    ),
  ];
  const asks = { class: 'tool wrong', 'aria-haspopup': 'dialog' };
  tools.push(
    tool('fault', 'Fault', 'Something goes wrong next, once', () => offerFaults(tell), asks),
    tool('news', 'Meta decides', 'Templates, quality, account', () => offerNews(tell), asks),
  );
  const aside = byId('tools', 'aside');
  const focused = [...aside.querySelectorAll('button')].indexOf(
    /** @type {HTMLButtonElement} */ (aside.ownerDocument.activeElement),
  );
  aside.replaceChildren(
    el('h2', { class: 'tools-title' }, 'Tools'),
    el('div', { class: 'tool-grid' }, ...tools),
    identity(customer),
  );
  tools[focused]?.focus();
}

/** @param {Customer} customer */
function identity(customer) {
  const rows = [
    ['Number', phoneText(customer.phone)],
    ['User id', customer.userId],
    ...(customer.username === null ? [] : [['Username', customer.username]]),
  ];
  return el(
    'dl',
    { class: 'identity' },
    ...rows.flatMap(([term, value]) => [el('dt', {}, term ?? ''), el('dd', {}, value ?? '')]),
  );
}
