import type { RefusalCode } from '@switchboard/domain';
import { reactive, readonly, ref, type DeepReadonly, type Ref } from 'vue';
import { newEntryId, note, reply, type ActionResult } from '../../data/actions.ts';
import type { ConversationRow } from '../../data/conversations.ts';
import type { DraftHandle, DraftKind } from '../../data/drafts.ts';

/** A text on its way; its id stays while nobody knows whether it arrived. */
interface Attempt {
  readonly id: string;
  readonly text: string;
}

/** Why the last text of a kind did not leave. */
export type Problem = { readonly kind: DraftKind; readonly code: RefusalCode | 'unknown' };

export interface Sending {
  readonly busy: DeepReadonly<Record<DraftKind, boolean>>;
  readonly problem: DeepReadonly<Ref<Problem | null>>;
  /** Writes the draft of a kind. It stays in the composer until the server has it. */
  readonly send: (kind: DraftKind, quoted?: string) => Promise<boolean>;
  /** Ids of messages that are being written again. */
  readonly retrying: ReadonlySet<string>;
  /** Writes a message's text again as a new one. */
  readonly retry: (entry: {
    readonly id: string;
    readonly text?: string | undefined;
  }) => Promise<ActionResult>;
}

/** Sends what a thread's composer holds, and repeats what failed. */
export function useSending(
  conversation: () => ConversationRow | null,
  draft: DraftHandle,
): Sending {
  const busy = reactive<Record<DraftKind, boolean>>({ reply: false, note: false });
  const problem = ref<Problem | null>(null);
  const attempts = new Map<string, Attempt>();
  const retrying = reactive(new Set<string>());

  /** The same text under the same id as long as its outcome is open: it can't be written twice. */
  const attempt = (key: string, text: string): Attempt => {
    const open = attempts.get(key);
    const next = open?.text === text ? open : { id: newEntryId(), text };
    attempts.set(key, next);
    return next;
  };
  const settle = (key: string, result: ActionResult): void => {
    if (result.ok || result.code !== 'unknown') attempts.delete(key);
  };

  async function send(kind: DraftKind, quoted?: string): Promise<boolean> {
    const seen = conversation();
    const text = draft[kind].value;
    if (seen === null || busy[kind] || text.trim() === '') return false;
    busy[kind] = true;
    problem.value = null;
    const { id } = attempt(kind, text);
    const context = quoted === undefined ? {} : { contextEntryId: quoted };
    const result = await (
      kind === 'reply' ? reply(seen, { id, text, ...context }) : note(seen, { id, text })
    ).finally(() => (busy[kind] = false));
    settle(kind, result);
    if (result.ok) take(kind, text);
    else problem.value = { kind, code: result.code };
    return result.ok;
  }

  /** Takes what was written out of the draft, and leaves what was typed meanwhile. */
  function take(kind: DraftKind, text: string): void {
    const now = draft[kind].value;
    if (now === text) draft.clear(kind);
    else if (now.startsWith(text)) draft[kind].value = now.slice(text.length).trimStart();
  }

  async function retry(entry: {
    readonly id: string;
    readonly text?: string | undefined;
  }): Promise<ActionResult> {
    const seen = conversation();
    if (seen === null || entry.text === undefined || retrying.has(entry.id))
      return { ok: false, code: 'stale' };
    retrying.add(entry.id);
    const { id, text } = attempt(entry.id, entry.text);
    const result = await reply(seen, { id, text }).finally(() => retrying.delete(entry.id));
    settle(entry.id, result);
    return result;
  }

  return {
    busy: readonly(busy),
    problem: readonly(problem),
    send,
    retrying,
    retry,
  };
}
