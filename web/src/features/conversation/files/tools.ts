import type { Component } from 'vue';

/** What the composer asks of that which goes with a reply beside its words (`ComposerTools.vue`). */
export interface Tools {
  /** Stands above the text field; `null` while there is nothing to show. */
  readonly tray: Component | null;
  /** There is something to send, also without words. */
  readonly sendable: boolean;
  /** It is on its way. */
  readonly busy: boolean;
  /** Something is here that must stay, also where no reply can be written any more. */
  readonly keeps: boolean;
  /** Longest text, UTF-16 units: of a caption where the words become one, less the author's name before it. */
  readonly most: number;
  /** What goes with the words of a text. */
  readonly content: { readonly preview: false } | undefined;
  /** Sends it with the words of the composer; answers whether anything was sent. */
  readonly send: (quoted?: string) => Promise<boolean>;
}
