import type { EntryContext, RefusalCode } from '@switchboard/domain';
import { reactive, readonly, ref, type DeepReadonly, type Ref } from 'vue';
import { note, reply, type ActionResult } from '../../data/actions.ts';
import { closeAttempt, openAttempt } from '../../data/attempts.ts';
import type { ConversationRow } from '../../data/conversations.ts';
import type { DraftHandle, DraftKind } from '../../data/drafts.ts';

/** Why the last text of a kind did not leave. */
export type Problem = { readonly kind: DraftKind; readonly code: RefusalCode | 'unknown' };

/** A message as it is written again. */
type Written = {
  readonly id: string;
  readonly text?: string | undefined;
  readonly context?: EntryContext | undefined;
};

/** Sending replies and notes: what is on its way, and what did not go out. */
export interface Sending {
  readonly busy: DeepReadonly<Record<DraftKind, boolean>>;
  readonly problem: DeepReadonly<Ref<Problem | null>>;
  /** Writes the draft of a kind. It stays in the composer until the server has it. */
  readonly send: (kind: DraftKind, quoted?: string) => Promise<boolean>;
  /** Ids of messages that are being written again. */
  readonly retrying: ReadonlySet<string>;
  /** Writes a message's text again as a new one. */
  readonly retry: (entry: Written) => Promise<ActionResult>;
}

/** What is to be written, and for what: the same purpose and text keep their id until it is known. */
interface Writing {
  readonly kind: DraftKind;
  readonly purpose: string;
  readonly text: string;
  readonly quoted?: string | undefined;
}

async function write(
  seen: ConversationRow,
  { kind, purpose, text, quoted }: Writing,
): Promise<ActionResult> {
  const id = await openAttempt(seen.id, purpose, text);
  const context = quoted === undefined ? {} : { contextEntryId: quoted };
  const result = await (kind === 'reply'
    ? reply(seen, { id, text, ...context })
    : note(seen, { id, text }));
  if (result.ok || result.code !== 'unknown') await closeAttempt(seen.id, purpose);
  return result;
}

/** Takes what was written out of the draft, and leaves what was typed meanwhile. */
function takeOut(draft: DraftHandle, kind: DraftKind, text: string): void {
  const now = draft[kind].value;
  if (now === text) draft.clear(kind);
  else if (now.startsWith(text)) draft[kind].value = now.slice(text.length).trimStart();
}

/** Sends what a thread's composer holds, and repeats what failed. */
export function useSending(
  conversation: () => ConversationRow | null,
  draft: DraftHandle,
): Sending {
  const busy = reactive<Record<DraftKind, boolean>>({ reply: false, note: false });
  const problem = ref<Problem | null>(null);
  const retrying = reactive(new Set<string>());

  async function send(kind: DraftKind, quoted?: string): Promise<boolean> {
    const seen = conversation();
    const text = draft[kind].value;
    if (seen === null || busy[kind] || text.trim() === '') return false;
    busy[kind] = true;
    problem.value = null;
    const result = await write(seen, { kind, purpose: kind, text, quoted }).finally(
      () => (busy[kind] = false),
    );
    if (result.ok) takeOut(draft, kind, text);
    else problem.value = { kind, code: result.code };
    return result.ok;
  }

  async function retry({ id, text, context }: Written): Promise<ActionResult> {
    const seen = conversation();
    if (seen === null || text === undefined || retrying.has(id))
      return { ok: false, code: 'stale' };
    retrying.add(id);
    const again = { kind: 'reply', purpose: id, text, quoted: context?.entryId } as const;
    return write(seen, again).finally(() => retrying.delete(id));
  }

  return { busy: readonly(busy), problem: readonly(problem), send, retrying, retry };
}
