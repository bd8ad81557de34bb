import type { JsonObject } from '../model.ts';

/** Something that the customer's phone page should know; `event` is the name on the wire. */
export interface PhoneEvent {
  event: 'snapshot' | 'message' | 'chat' | 'customers' | 'moved' | 'reset';
  data: JsonObject;
}

/** An open phone page. */
export interface PhonePage {
  id: string;
  chatKey: string;
  visible: boolean;
  send: (event: PhoneEvent) => void;
}

/** The phone pages that are open now, and which of them have their chat on the screen. */
export class PhoneHub {
  private readonly pages = new Map<string, PhonePage>();

  /** Adds a page; a page of the same id is replaced, as after a reconnect. */
  connect(page: PhonePage): void {
    this.pages.set(page.id, page);
  }

  /** Removes this very page; a newer one of the same id stays. */
  disconnect(page: PhonePage): void {
    if (this.pages.get(page.id) === page) this.pages.delete(page.id);
  }

  /** Notes whether a page is on the screen and answers its chat; null for an unknown page. */
  setVisible(id: string, visible: boolean): string | null {
    const page = this.pages.get(id);
    if (page === undefined) return null;
    page.visible = visible;
    return page.chatKey;
  }

  /** Whether any page shows this chat at this moment. */
  isVisible(chatKey: string): boolean {
    return [...this.pages.values()].some((page) => page.chatKey === chatKey && page.visible);
  }

  /** Tells every page of one chat; nothing is computed while none is open. */
  publish(chatKey: string, event: PhoneEvent['event'], data: () => JsonObject): void {
    this.tell(
      [...this.pages.values()].filter((page) => page.chatKey === chatKey),
      event,
      data,
    );
  }

  /** Tells every page; nothing is computed while none is open. */
  broadcast(event: PhoneEvent['event'], data: () => JsonObject): void {
    this.tell([...this.pages.values()], event, data);
  }

  private tell(pages: PhonePage[], event: PhoneEvent['event'], data: () => JsonObject): void {
    if (pages.length === 0) return;
    const told = { event, data: data() };
    for (const page of pages) page.send(told);
  }
}
