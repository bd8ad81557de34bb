import { post } from './api.js';
import { button, byId, el, phoneText } from './dom.js';
import { icon } from './icons.js';

/** @typedef {import('./api.js').Customer} Customer */
/** @typedef {Parameters<typeof icon>[0]} IconName */
/** @typedef {{ twice: boolean, swap: boolean }} SendFlags */

/**
 * What goes wrong on the way of a message: kept in the page, used by each send.
 * @type {SendFlags}
 */
export const flags = { twice: false, swap: false };

/**
 * @param {IconName} shape
 * @param {string} name
 * @param {string} explanation
 * @param {boolean} pressed
 * @param {() => void} act
 */
function toggle(shape, name, explanation, pressed, act) {
  return button(
    { class: 'tool wrong', 'aria-pressed': String(pressed), title: explanation },
    act,
    icon(shape),
    el('b', {}, name),
    el('span', { class: 'tool-words' }, explanation),
  );
}

/**
 * Draws the tools of the customer whose phone is open. Solid ones are what a customer does, dashed
 * ones what goes wrong.
 * @param {Customer} customer
 * @param {(message: Record<string, unknown>) => void} send
 */
export function renderTools(customer, send) {
  const change = (/** @type {Partial<Customer>} */ patch) =>
    void post('/_sandbox/customers', { from: customer.phone, ...patch });
  const flip = (/** @type {keyof SendFlags} */ flag) => {
    flags[flag] = !flags[flag];
    renderTools(customer, send);
  };
  const place = { latitude: 38.7169, longitude: -9.1399, name: 'Home', address: 'Rua Augusta 1' };
  const tools = [
    button(
      { class: 'tool', title: 'Sends a place as a location message' },
      () => send({ type: 'location', location: place }),
      icon('place'),
      el('b', {}, 'Location'),
      el('span', { class: 'tool-words' }, 'Sends a place as a location message'),
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
    toggle('order', 'Out of order', 'A message arrives after the next', flags.swap, () =>
      flip('swap'),
    ),
  ];
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
