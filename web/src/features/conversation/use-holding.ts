import type { Command, RefusalCode } from '@switchboard/domain';
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import { release, take, type ActionResult } from '../../data/actions.ts';
import type { ConversationRow } from '../../data/conversations.ts';
import type { ActionName } from './model/actions.ts';

type Wish = Exclude<ActionName, 'take' | 'release' | 'assign'>;
type Target = Extract<Command, { type: 'assign' }>['to'];

/** Why a wish was refused; `unknown` where no answer came; `null` where it was not. */
type Refused = RefusalCode | 'unknown' | null;

/** Taking, releasing and what else the header offers: what is on its way, and what was refused. */
export interface Holding {
  /** The server has not confirmed a Take yet: "taking", never "yours". */
  readonly taking: ComputedRef<boolean>;
  /** A Take came too late; the conversation says who was faster. */
  readonly lost: Readonly<Ref<boolean>>;
  /** What is on its way. */
  readonly busy: Readonly<Ref<ActionName | null>>;
  /** Why the last wish was refused. */
  readonly refused: Readonly<Ref<Refused>>;
  /** The person has read that a Take came too late, or why a wish was refused. */
  readonly dismiss: () => void;
  readonly take: () => Promise<boolean>;
  readonly release: () => Promise<boolean>;
  readonly assign: (to: Target) => Promise<boolean>;
  readonly run: (type: Wish) => Promise<boolean>;
}

/** Somebody else acted in between: not a fault, and told by name. */
const FASTER: ReadonlySet<string> = new Set(['already-held', 'stale']);

/** Comes with the first wish: most visits to a conversation have none. `null` where it can't be loaded. */
const loadCallables = () => import('../../data/callables.ts').catch(() => null);

/**
 * Sends commands. A wish keeps its id until it is answered, so that a repeat after a lost answer is
 * the same wish.
 */
function useCommands() {
  const ids = new Map<string, string>();
  return async (
    seen: ConversationRow,
    input: { type: 'assign'; to: Target } | { type: Wish },
  ): Promise<Refused> => {
    const callables = await loadCallables();
    if (callables === null) return 'offline';
    const { command, newCommandId } = callables;
    const key = JSON.stringify([input, seen.assignment.version]);
    const commandId = ids.get(key) ?? newCommandId();
    ids.set(key, commandId);
    const answer = await command({
      ...input,
      commandId,
      conversationId: seen.id,
      expectedVersion: seen.assignment.version,
    });
    if (answer.code === 'ok' || !answer.retryable) ids.delete(key);
    return answer.code === 'ok' ? null : answer.code;
  };
}

const codeOf = (result: ActionResult): Refused => (result.ok ? null : result.code);

/** Taking, releasing and the commands of one conversation. */
export function useHolding(conversation: () => ConversationRow | null): Holding {
  const busy = ref<ActionName | null>(null);
  const lost = ref(false);
  const refused = ref<Refused>(null);
  /** The version that a Take was made for; the wish is settled when the conversation shows another. */
  const takingAt = ref<number | null>(null);
  const send = useCommands();

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

  const dismiss = (): void => {
    lost.value = false;
    refused.value = null;
  };
  async function act(
    name: ActionName,
    perform: (seen: ConversationRow) => Promise<Refused>,
  ): Promise<boolean> {
    const seen = conversation();
    if (seen === null || busy.value !== null) return false;
    busy.value = name;
    dismiss();
    if (name === 'take') takingAt.value = seen.assignment.version;
    const code = await perform(seen).finally(() => (busy.value = null));
    if (name === 'take' && code !== null) {
      takingAt.value = null;
      lost.value = FASTER.has(code);
    }
    if (!lost.value) refused.value = code;
    return code === null;
  }

  return {
    taking,
    lost,
    busy,
    refused,
    dismiss,
    take: () => act('take', async (seen) => codeOf(await take(seen))),
    release: () => act('release', async (seen) => codeOf(await release(seen))),
    assign: (to) => act('assign', (seen) => send(seen, { type: 'assign', to })),
    run: (type) => act(type, (seen) => send(seen, { type })),
  };
}
