/* global document, history, location, navigator, window */
import { openStream, post, tellVisible } from './api.js';
import { openAttach } from './attach.js';
import { offerRows, setUpChoices } from './choices.js';
import { renderCustomers, setUpNewCustomer } from './customers.js';
import { byId, initials, phoneText } from './dom.js';
import { plain } from './format.js';
import { icon } from './icons.js';
import * as items from './items.js';
import { setUpMenu } from './menu.js';
import { Timeline } from './timeline.js';
import { flags, renderTools } from './tools.js';

/** @typedef {import('./api.js').Message} Message */
/** @typedef {import('./api.js').ChatHead} ChatHead */
/** @typedef {import('./api.js').Option} Option */

/** The phone that opens when the address names none. */
const FIRST_PHONE = '15550123456';

const banner = byId('banner', 'p');
const text = byId('text', 'textarea');
const quoting = byId('quoting', 'div');

/** @type {() => void} */
let closeStream = () => undefined;
let phone = '';
/** @type {ChatHead | null} */
let head = null;
/** @typedef {{ message: Message, edits: boolean }} Subject what is written now answers or replaces it */
/** @type {Subject | null} */
let subject = null;

const openMenu = setUpMenu({
  react: (message, emoji) =>
    send({
      type: 'reaction',
      reaction: { message_id: message.id, ...(emoji === '' ? {} : { emoji }) },
    }),
  reply: (message) => {
    refer({ message, edits: false });
    text.focus();
  },
  edit: (message) => {
    refer({ message, edits: true });
    text.value = message.editable ?? '';
    text.focus();
  },
  remove: (message) => void send(items.revoke(message)),
});

const timeline = new Timeline(
  byId('timeline', 'div'),
  byId('messages', 'ol'),
  byId('to-newest', 'button'),
  { openMenu, choose, openList, show: (id) => timeline.show(id) },
);

/** @param {string} problem an empty one clears the banner */
function tell(problem) {
  banner.textContent = problem;
  banner.hidden = problem === '';
}

/** @param {items.Item} item */
async function send(item) {
  const wrong = { ...(flags.twice ? { copies: 2 } : {}), ...(flags.swap ? { swap: true } : {}) };
  const placed = flags.group ? items.inGroup(item) : item;
  const message = flags.ad ? items.fromAd(placed) : placed;
  if ('referral' in message) {
    flags.ad = false;
    if (head !== null) renderHead(head);
  }
  await post('/phone/api/send', { from: phone, message, ...wrong }).then(
    () => tell(''),
    (/** @type {Error} */ problem) => tell(problem.message),
  );
}

/** Sends what is new in the chat: as an answer to the message that is quoted. @param {items.Item} item */
function say(item) {
  const context = subject === null || subject.edits ? {} : { context: { id: subject.message.id } };
  refer(null);
  return send({ ...context, ...item });
}

/** What is written becomes the caption of a file, unless it edits a message. */
function takeCaption() {
  if (subject?.edits) return '';
  const caption = text.value.trim();
  text.value = '';
  return caption;
}

/** The customer taps what a message offers. @param {Message} message @param {Option} option */
function choose(message, { kind, value, answer }) {
  if (kind === 'copy')
    return void navigator.clipboard.writeText(value).then(
      () => tell(`Copied: ${value}`),
      () => tell('The browser does not let this page copy. Select the code instead.'),
    );
  if (answer !== null) void send({ context: { id: message.id }, ...answer });
}

/** The customer opens the list that a message offers. @param {Message} message */
function openList(message) {
  const rows = message.content.options.filter(({ kind }) => kind === 'row');
  offerRows(message.content.list, rows, (row) => choose(message, row));
}

/** Shows what is answered or edited; the words of an edit go with it. @param {Subject | null} next */
function refer(next) {
  if (subject?.edits) text.value = '';
  subject = next;
  quoting.hidden = next === null;
  if (next === null) return;
  const { message, edits } = next;
  const business = byId('business-name', 'h2').textContent ?? '';
  const author = message.side === 'customer' ? 'You' : business;
  byId('quoting-who', 'b').textContent = edits ? 'Edit' : author;
  byId('quoting-text', 'span').textContent = plain(message.content.text) || message.content.label;
  const cancel = edits ? 'Do not edit' : 'Do not quote';
  byId('quoting-cancel', 'button').setAttribute('aria-label', cancel);
}

/** Says aloud what came in, with its sender; a tick that changes is not said. @param {Message} message */
function announce({ side, content }) {
  if (side === 'customer') return;
  const business = byId('business-name', 'h2').textContent;
  const words = [content.label, content.header, plain(content.text)].filter((part) => part !== '');
  byId('announcer', 'p').textContent = `${business}: ${words.join(' ')}`;
}

function submit() {
  const body = text.value.trim();
  if (body === '') return;
  text.value = '';
  if (!subject?.edits) return void say({ type: 'text', text: { body } });
  const edit = items.edit(subject.message, body);
  refer(null);
  void send(edit);
}

/** @param {ChatHead} next */
function renderHead(next) {
  head = next;
  const { customer, business, typing } = next;
  const first = customer.name.split(/\s+/)[0] ?? customer.name;
  document.title = `${customer.name}'s phone · Simulator`;
  byId('business-avatar', 'span').textContent = initials(business.name).slice(0, 1);
  byId('business-name', 'h2').textContent = business.name;
  const presence = byId('presence', 'p');
  const idle = customer.online ? phoneText(business.phone) : 'This phone is offline';
  const words = typing ? 'typing…' : idle;
  // Only a change is announced.
  if (presence.textContent !== words) presence.textContent = words;
  presence.classList.toggle('typing', typing);
  byId('viewer', 'p').textContent = `as ${first} sees it`;
  text.placeholder = `Write as ${first}…`;
  text.setAttribute('aria-label', `Write as ${first}`);
  byId('send', 'button').setAttribute('aria-label', `Send as ${first}`);
  renderTools(customer, { send: (item) => void send(item), tell });
}

/** Shows the phone of this customer and listens to it. @param {string} digits */
function show(digits) {
  closeStream();
  phone = digits;
  refer(null);
  tell('');
  closeStream = openStream(digits, {
    snapshot: (data) => {
      renderHead(data);
      renderCustomers(data.customers, phone, open);
      timeline.replace(data.messages);
    },
    message: (message) => {
      if (timeline.upsert(message)) announce(message);
    },
    chat: renderHead,
    customers: ({ customers }) => renderCustomers(customers, phone, open),
    moved: ({ phone: digits }) => open(digits),
    reset: () => show(phone),
    connection: (up) =>
      tell(up ? '' : 'No connection to the sandbox. It is tried again until it answers.'),
  });
}

/** A person chose this customer: the address follows. @param {string} digits */
function open(digits) {
  history.pushState(null, '', `?from=${digits}`);
  show(digits);
}

function phoneOfAddress() {
  const digits = (new URLSearchParams(location.search).get('from') ?? '').replace(/\D/g, '');
  return /^\d{5,15}$/.test(digits) ? digits : FIRST_PHONE;
}

function setUpComposer() {
  byId('send', 'button').append(icon('send'));
  byId('quoting-cancel', 'button').append(icon('close'));
  byId('quoting-cancel', 'button').addEventListener('click', () => refer(null));
  const attach = byId('attach', 'button');
  attach.append(icon('attach'));
  attach.addEventListener('click', () => openAttach({ send: say, tell, takeCaption }));
  byId('composer', 'form').addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') refer(null);
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
}

function setUpToolsToggle() {
  const toggle = byId('tools-toggle', 'button');
  toggle.append(icon('tools'));
  toggle.addEventListener('click', () => {
    const opened = document.body.classList.toggle('tools-open');
    toggle.setAttribute('aria-expanded', String(opened));
    timeline.scrollToEnd();
  });
}

setUpComposer();
setUpToolsToggle();
setUpChoices();
setUpNewCustomer(open);
document.addEventListener('visibilitychange', () => void tellVisible());
window.addEventListener('popstate', () => show(phoneOfAddress()));
show(phoneOfAddress());
