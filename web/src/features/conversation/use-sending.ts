import type { RefusalCode } from '@switchboard/domain';
import { reactive, readonly, ref, type DeepReadonly, type Ref } from 'vue';
import { note, reply, type ActionResult, type ReplyInput } from '../../data/actions.ts';
import { closeAttempt, openAttempt } from '../../data/attempts.ts';
import type { ConversationRow } from '../../data/conversations.ts';
import type { DraftHandle, DraftKind } from '../../data/drafts.ts';

/** Why the last text of a kind did not leave. */
export type Problem = { readonly kind: DraftKind; readonly code: RefusalCode | 'unknown' };

/** A message that is to be written. */
export type Outgoing = Omit<ReplyInput, 'id'>;

/** Sending replies and notes: what is on its way, and what did not go out. */
export interface Sending {
  readonly busy: DeepReadonly<Record<DraftKind, boolean>>;
  readonly problem: DeepReadonly<Ref<Problem | null>>;
  /** Writes the draft of a kind, a reply with `content`. It stays in the composer until the server has it. */
  readonly send: (
    kind: DraftKind,
    quoted?: string,
    content?: Outgoing['content'],
  ) => Promise<boolean>;
  /**
   * Queues a message of any type. `purpose` tells apart what is written at the same time; the same
   * message for the same purpose can't become two while nobody knows whether it arrived.
   */
  readonly submit: (purpose: string, message: Outgoing) => Promise<ActionResult>;
  /** Ids of messages that are being written again. */
  readonly retrying: ReadonlySet<string>;
  /** Writes what the message of this id said as a new one. */
  readonly retry: (id: string, message: Outgoing) => Promise<ActionResult>;
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

  /** Writes something under the id of its attempt; a lost answer leaves the attempt open. */
  async function write(
    purpose: string,
    what: Outgoing,
    commit: (seen: ConversationRow, id: string) => Promise<ActionResult>,
  ): Promise<ActionResult> {
    const seen = conversation();
    if (seen === null) return STALE;
    const id = await openAttempt(seen.id, purpose, JSON.stringify(what));
    const result = await commit(seen, id);
    if (result.ok || result.code !== 'unknown') await closeAttempt(seen.id, purpose);
    return result;
  }
  const submit = (purpose: string, message: Outgoing): Promise<ActionResult> =>
    write(purpose, message, (seen, id) => reply(seen, { ...message, id }));

  async function send(
    kind: DraftKind,
    contextEntryId?: string,
    content?: Outgoing['content'],
  ): Promise<boolean> {
    const text = draft[kind].value;
    if (busy[kind] || text.trim() === '') return false;
    busy[kind] = true;
    problem.value = null;
    const result = await (
      kind === 'reply'
        ? submit(kind, { text, content, contextEntryId })
        : write(kind, { text }, (seen, id) => note(seen, { id, text }))
    ).finally(() => (busy[kind] = false));
    if (result.ok) takeOut(draft, kind, text);
    else problem.value = { kind, code: result.code };
    return result.ok;
  }

  async function retry(id: string, message: Outgoing): Promise<ActionResult> {
    if (retrying.has(id)) return STALE;
    retrying.add(id);
    return submit(id, message).finally(() => retrying.delete(id));
  }

  return { busy: readonly(busy), problem: readonly(problem), send, submit, retrying, retry };
}

const STALE: ActionResult = { ok: false, code: 'stale' };
