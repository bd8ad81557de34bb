import type { Component } from 'vue';

/** What the composer asks of that which goes with a reply beside its words (`ComposerTools.vue`). */
export interface Tools {
  /** Stands above the text field; `null` while there is nothing to show. */
  readonly tray: Component | null;
  /** There is something to send, also without words. */
  readonly sendable: boolean;
  /** It is on its way. */
  readonly busy: boolean;
  /** The words become a caption, which may be less long than a text. */
  readonly captions: boolean;
  /** Sends it with the words of the composer; answers whether anything was sent. */
  readonly send: (quoted?: string) => Promise<boolean>;
}
