import { bubble, dayMark } from './bubbles.js';

/** @typedef {import('./api.js').Message} Message */
/** @typedef {import('./bubbles.js').BubbleActions} BubbleActions */

/** How close to the end counts as being at the newest message, in pixels. */
const NEAR = 80;

/** The messages of one chat on the screen, in the order of their times. */
export class Timeline {
  /**
   * @param {HTMLElement} scroller
   * @param {HTMLElement} list
   * @param {HTMLElement} toNewest shown while a new message is below the screen
   * @param {BubbleActions} actions
   */
  constructor(scroller, list, toNewest, actions) {
    this.scroller = scroller;
    this.list = list;
    this.toNewest = toNewest;
    this.actions = actions;
    /** @type {Message[]} */
    this.messages = [];
    toNewest.addEventListener('click', () => this.scrollToEnd());
    scroller.addEventListener('scroll', () => {
      if (this.isAtEnd()) toNewest.hidden = true;
    });
  }

  /** Shows a whole chat. @param {Message[]} messages */
  replace(messages) {
    this.messages = [...messages];
    this.render();
    this.scrollToEnd();
  }

  /**
   * Puts in a message, or its new state; answers whether it is new here.
   * @param {Message} message
   * @returns {boolean}
   */
  upsert(message) {
    const wasAtEnd = this.isAtEnd();
    const place = this.messages.findIndex((known) => known.id === message.id);
    if (place >= 0) {
      this.messages[place] = message;
      this.redraw(message);
      return false;
    }
    this.insert(message);
    if (wasAtEnd || message.side === 'customer') this.scrollToEnd();
    else this.toNewest.hidden = false;
    return true;
  }

  /** Brings a message on the screen. @param {string} id */
  show(id) {
    this.itemOf(id)?.scrollIntoView({ block: 'center' });
  }

  scrollToEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.toNewest.hidden = true;
  }

  /** @param {Message} message */
  redraw(message) {
    const item = this.itemOf(message.id);
    const focused = item?.contains(item.ownerDocument.activeElement) ?? false;
    const fresh = bubble(message, this.actions);
    item?.replaceWith(fresh);
    this.markRuns();
    const more = /** @type {HTMLElement | null} */ (fresh.querySelector('.more'));
    if (focused) more?.focus();
  }

  /** @param {Message} message */
  insert(message) {
    const last = this.messages.at(-1);
    if (last !== undefined && message.at < last.at) {
      const place = this.messages.findIndex((known) => known.at > message.at);
      this.messages.splice(place, 0, message);
      this.render();
      return;
    }
    this.messages.push(message);
    const day = dayMark(message.at, last?.at ?? null);
    if (day !== null) this.list.append(day);
    this.list.append(bubble(message, this.actions));
    this.markRuns();
  }

  render() {
    this.list.replaceChildren();
    let before = null;
    for (const message of this.messages) {
      const day = dayMark(message.at, before);
      if (day !== null) this.list.append(day);
      this.list.append(bubble(message, this.actions));
      before = message.at;
    }
    this.markRuns();
  }

  /** Bubbles that follow one of the same side stand closer. */
  markRuns() {
    for (const item of this.list.querySelectorAll('.message')) {
      const above = item.previousElementSibling;
      const follows =
        above !== null &&
        above.classList.contains('message') &&
        above.classList.contains('own') === item.classList.contains('own');
      item.classList.toggle('follows', follows);
    }
  }

  /** @param {string} id */
  itemOf(id) {
    const items = /** @type {HTMLElement[]} */ ([...this.list.children]);
    return items.find((item) => item.dataset.id === id);
  }

  isAtEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }
}
