import type { Command, RefusalCode } from '@switchboard/domain';
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import { release, take } from '../../data/actions.ts';
import { command, newCommandId } from '../../data/callables.ts';
import type { ConversationRow } from '../../data/conversations.ts';
import type { ActionName } from './model/actions.ts';

type Wish = Exclude<ActionName, 'take' | 'release' | 'assign'>;
type Target = Extract<Command, { type: 'assign' }>['to'];

export interface Holding {
  /** The server has not confirmed a Take yet: "taking", never "yours". */
  readonly taking: ComputedRef<boolean>;
  /** A Take came too late; the conversation says who was faster. */
  readonly lost: Ref<boolean>;
  /** What is on its way. */
  readonly busy: Ref<ActionName | null>;
  /** Why the last wish was refused. */
  readonly refused: Ref<RefusalCode | 'unknown' | null>;
  readonly take: () => Promise<boolean>;
  readonly release: () => Promise<boolean>;
  readonly assign: (to: Target) => Promise<boolean>;
  readonly run: (type: Wish) => Promise<boolean>;
}

/** Somebody else acted in between: not a fault, and told by name. */
const FASTER: ReadonlySet<string> = new Set(['already-held', 'stale']);

/** Taking, releasing and the commands of one conversation. */
export function useHolding(conversation: () => ConversationRow | null): Holding {
  const busy = ref<ActionName | null>(null);
  const lost = ref(false);
  const refused = ref<RefusalCode | 'unknown' | null>(null);
  /** The version that a Take was made for; the wish is settled when the conversation shows another. */
  const takingAt = ref<number | null>(null);
  const commandIds = new Map<string, string>();

  const taking = computed(
    () => takingAt.value !== null && conversation()?.assignment.version === takingAt.value,
  );
  // Who was faster is told until that person no longer holds it.
  watch(
    () => conversation()?.assignee?.id,
    (_, before) => {
      if (before !== undefined) lost.value = false;
    },
  );

  // Whether it happened is on the screen now.
  watch(
    () => conversation()?.assignment.version,
    () => {
      if (refused.value === 'unknown') refused.value = null;
    },
  );

  async function act(
    name: ActionName,
    perform: (seen: ConversationRow) => Promise<RefusalCode | 'unknown' | null>,
  ): Promise<boolean> {
    const seen = conversation();
    if (seen === null || busy.value !== null) return false;
    busy.value = name;
    refused.value = null;
    lost.value = false;
    const code = await perform(seen).finally(() => (busy.value = null));
    if (name === 'take') {
      if (code !== null) takingAt.value = null;
      lost.value = code !== null && FASTER.has(code);
    }
    if (!lost.value) refused.value = code;
    return code === null;
  }

  /** A wish keeps its id until it is answered, so that a repeat after a lost answer is the same wish. */
  const send = (name: ActionName, input: { type: 'assign'; to: Target } | { type: Wish }) =>
    act(name, async (seen) => {
      const key = JSON.stringify([input, seen.assignment.version]);
      const commandId = commandIds.get(key) ?? newCommandId();
      commandIds.set(key, commandId);
      const answer = await command({
        ...input,
        commandId,
        conversationId: seen.id,
        expectedVersion: seen.assignment.version,
      });
      if (answer.code === 'ok' || !answer.retryable) commandIds.delete(key);
      return answer.code === 'ok' ? null : answer.code;
    });

  return {
    taking,
    lost,
    busy,
    refused,
    take: () =>
      act('take', async (seen) => {
        takingAt.value = seen.assignment.version;
        const result = await take(seen);
        return result.ok ? null : result.code;
      }),
    release: () =>
      act('release', async (seen) => {
        const result = await release(seen);
        return result.ok ? null : result.code;
      }),
    assign: (to) => send('assign', { type: 'assign', to }),
    run: (type) => send(type, { type }),
  };
}
