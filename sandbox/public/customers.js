import { post } from './api.js';
import { button, byId, el, initials, phoneText } from './dom.js';
import { plain } from './format.js';
import { icon } from './icons.js';

/** @typedef {import('./api.js').CustomerRow} CustomerRow */

/**
 * @param {CustomerRow} row
 * @param {boolean} current
 * @param {(phone: string) => void} open
 */
function customerItem(row, current, open) {
  const number = row.phoneHidden ? 'no number' : phoneText(row.phone);
  const face = el('span', { class: 'avatar', 'aria-hidden': 'true' }, initials(row.name));
  const words = el(
    'span',
    { class: 'customer-words' },
    el('span', { class: 'customer-name' }, row.name),
    el('span', { class: 'customer-number' }, row.online ? number : `${number} · offline`),
    row.preview === '' ? null : el('span', { class: 'customer-preview' }, plain(row.preview)),
  );
  const unread = el(
    'span',
    { class: 'badge' },
    `${row.unread}`,
    el('span', { class: 'sr' }, ' unread'),
  );
  return el(
    'li',
    {},
    button(
      {
        class: row.online ? 'customer' : 'customer offline',
        'aria-current': current ? 'true' : undefined,
      },
      () => open(row.phone),
      face,
      words,
      row.unread === 0 ? null : unread,
    ),
  );
}

/** Whose row was brought on the screen: what a person scrolls away afterwards stays there. */
let inSight = '';
/** @type {CustomerRow[]} */
let known = [];

/**
 * Draws the list of customers with the one that adds another.
 * @param {CustomerRow[]} rows
 * @param {string} current digits of the phone that is open
 * @param {(phone: string) => void} open
 */
export function renderCustomers(rows, current, open) {
  known = rows;
  const list = byId('customers', 'ul');
  const focused = list.contains(list.ownerDocument.activeElement);
  const add = el(
    'li',
    {},
    button(
      { class: 'customer add', 'aria-haspopup': 'dialog' },
      openDialog,
      el('span', { class: 'avatar', 'aria-hidden': 'true' }, icon('plus')),
      el(
        'span',
        { class: 'customer-words' },
        el('span', { class: 'customer-name' }, 'New customer'),
      ),
    ),
  );
  list.replaceChildren(...rows.map((row) => customerItem(row, row.phone === current, open)), add);
  const chosen = /** @type {HTMLElement | null} */ (list.querySelector('[aria-current]'));
  if (current !== inSight) chosen?.scrollIntoView({ block: 'nearest', inline: 'center' });
  inSight = current;
  if (focused) chosen?.focus();
}

function openDialog() {
  byId('new-name', 'input').value = '';
  byId('new-hidden', 'input').checked = false;
  byId('new-problem', 'p').hidden = true;
  byId('new-phone', 'input').value = phoneText(freeNumber());
  byId('new-customer', 'dialog').showModal();
}

/** The next number of the fictional range +1 555 0100 … that nobody has. */
export function freeNumber() {
  const taken = new Set(known.map((row) => row.phone));
  for (let last = 3456; ; last += 1) {
    const phone = `1555012${last}`;
    if (!taken.has(phone)) return phone;
  }
}

/**
 * Wires the dialog for a new customer.
 * @param {(phone: string) => void} open
 */
export function setUpNewCustomer(open) {
  const dialog = byId('new-customer', 'dialog');
  const problem = byId('new-problem', 'p');
  byId('new-cancel', 'button').addEventListener('click', () => dialog.close());
  byId('new-customer-form', 'form').addEventListener('submit', (event) => {
    event.preventDefault();
    const phone = byId('new-phone', 'input').value.replace(/\D/g, '');
    const name = byId('new-name', 'input').value.trim();
    const phoneHidden = byId('new-hidden', 'input').checked;
    const customer = { from: phone, ...(name === '' ? {} : { name }), phoneHidden };
    post('/_sandbox/customers', customer).then(
      () => {
        dialog.close();
        open(phone);
      },
      () => {
        problem.textContent =
          'This is no phone number. Write 5 to 15 digits with the country code.';
        problem.hidden = false;
      },
    );
  });
}
