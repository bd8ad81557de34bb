import type { InjectionKey, Ref } from 'vue';
import type { ConversationRow } from '../../data/conversations.ts';
import type { ListedEntry, MessageEntry } from './model/rows.ts';
import type { Sending } from './use-sending.ts';

/** What the parts of a thread may do to it, wherever in it they stand. */
export interface ThreadActs {
  readonly conversation: Readonly<Ref<ConversationRow | null>>;
  /** What is read of the thread, as it was written. */
  readonly entries: Readonly<Ref<readonly ListedEntry[]>>;
  /** The reader may reply now. */
  readonly mayReply: Readonly<Ref<boolean>>;
  /** The reader may send a template now: also while the window is closed. */
  readonly mayTemplate: Readonly<Ref<boolean>>;
  readonly sending: Sending;
  /** The message that the next reply answers. */
  readonly quoted: Ref<MessageEntry | null>;
  /** Begins a reply that quotes the message. */
  readonly quote: (entry: MessageEntry) => void;
  /** Puts a text into the composer. */
  readonly draft: (text: string) => void;
  /** Shows the newest message: something was just sent. */
  readonly sent: () => void;
}

/** Provided by `ConversationView`. */
export const THREAD_ACTS: InjectionKey<ThreadActs> = Symbol();
