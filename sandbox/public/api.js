/* global crypto, document, EventSource */

/**
 * @typedef {{ phone: string, userId: string, name: string, username: string | null,
 *   phoneHidden: boolean, online: boolean, sharesRead: boolean }} Customer
 * @typedef {Customer & { unread: number, preview: string, at: number }} CustomerRow
 * @typedef {{ kind: 'answer' | 'row' | 'link' | 'copy', title: string, description: string,
 *   section: string, value: string, answer: Record<string, unknown> | null }} Option
 * @typedef {{ kind: 'image' | 'video' | 'audio' | 'document' | 'sticker', id: string, name: string }} Media
 * @typedef {{ label: string, header: string, text: string, footer: string, media: Media | null,
 *   list: string, options: Option[] }} Content
 * @typedef {{ id: string, side: 'customer' | 'business', at: number,
 *   tick: 'waiting' | 'sent' | 'read' | null, type: string, content: Content,
 *   editable: string | null, edited: boolean, deleted: boolean,
 *   quote: { id: string, who: string, text: string } | null,
 *   reactions: { customer?: string, business?: string }, group: string }} Message
 * @typedef {{ customer: Customer, business: { name: string, phone: string }, typing: boolean }} ChatHead
 * @typedef {ChatHead & { messages: Message[], customers: CustomerRow[] }} Snapshot
 * @typedef {{ snapshot: (data: Snapshot) => void, message: (data: Message) => void,
 *   chat: (data: ChatHead) => void, customers: (data: { customers: CustomerRow[] }) => void,
 *   moved: (data: { phone: string }) => void, reset: () => void, connection: (open: boolean) => void }} Listeners
 */

/** This page among all open phones. */
const PAGE = crypto.randomUUID();

/**
 * Sends a change to the sandbox; rejects with a sentence when it is refused or unreachable.
 * @param {string} path
 * @param {unknown} body
 * @returns {Promise<unknown>}
 */
export async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new Error('The sandbox does not answer. Start it again, then send once more.');
  });
  const answer = await response.json();
  if (response.ok) return answer;
  throw new Error(
    typeof answer.error === 'string' ? answer.error : `Refused (${response.status}).`,
  );
}

/**
 * Opens the live stream of one customer's phone. The browser reconnects by itself; every
 * connection starts with a snapshot.
 * @param {string} phone digits
 * @param {Listeners} listeners
 * @returns {() => void} closes it
 */
export function openStream(phone, listeners) {
  const visible = document.visibilityState === 'visible' ? '1' : '0';
  const source = new EventSource(
    `/phone/api/events?from=${encodeURIComponent(phone)}&page=${PAGE}&visible=${visible}`,
  );
  source.addEventListener('open', () => {
    listeners.connection(true);
    // A reconnect uses the first address again, whose visibility may be past.
    void tellVisible();
  });
  source.addEventListener('error', () => listeners.connection(false));
  const names = /** @type {const} */ ([
    ...['snapshot', 'message', 'chat', 'customers', 'moved', 'reset'],
  ]);
  for (const name of names)
    source.addEventListener(name, (event) => listeners[name](JSON.parse(event.data)));
  return () => source.close();
}

/** Tells whether this page is on the screen, which is what read receipts follow. */
export async function tellVisible() {
  const visible = document.visibilityState === 'visible';
  await post('/phone/api/visible', { page: PAGE, visible }).catch(() => undefined);
}
