import { refuses, type RefusalCode } from '@switchboard/domain';
import { computed, inject, reactive, ref, watch, type ComputedRef, type Ref } from 'vue';
import { dropBegun, keepBegun, readBegun } from '../../../data/begun.ts';
import type { ConversationRow } from '../../../data/conversations.ts';
import { useSession } from '../../../data/session.ts';
import { THREAD_ACTS } from '../thread-acts.ts';
import { useWords } from '../words.ts';
import type { Fields } from './fields.ts';
import { emptyForm, isEmptyForm, readForm, type Form, type FormKind } from './forms.ts';
import { problemsOf, replyOf, type Structured } from './replies.ts';

/** A sheet being filled in and sent. */
export interface StructuredInHand<K extends FormKind> extends Fields {
  /** `null` until what this device keeps of it is read. */
  readonly form: Ref<Form<K> | null>;
  /** As the message that it becomes; `null` with the form. */
  readonly reply: ComputedRef<Structured | null>;
  readonly begun: ComputedRef<boolean>;
  readonly startOver: () => void;
  /** Why nothing of this kind may leave now; `null` where it may. */
  readonly refused: ComputedRef<RefusalCode | null>;
  readonly busy: Ref<boolean>;
  /** Why the last try did not leave. */
  readonly problem: Ref<RefusalCode | 'unknown' | null>;
  /** Sends it, where nothing is wrong with it; answers whether it is queued. */
  readonly send: () => Promise<boolean>;
}

/** What was typed of a kind, kept for the conversation until it is sent. */
function useKeptForm<K extends FormKind>(kind: K, conversationId: string) {
  const form = ref<Form<K> | null>(null) as Ref<Form<K> | null>;
  void readBegun(conversationId, kind).then((kept) => {
    form.value = readForm(kind, kept);
  });
  watch(
    form,
    (typed, before) => {
      // What was just read is kept already.
      if (typed === null || before === null) return;
      if (isEmptyForm(kind, typed)) void dropBegun(conversationId, kind);
      // As plain data: a database takes no proxies.
      else void keepBegun(conversationId, kind, JSON.parse(JSON.stringify(typed)));
    },
    { deep: true },
  );
  return form;
}

/** Fills in and sends what is written beside words; `kind` stays for as long as the component is there. */
export function useStructured<K extends FormKind>(
  kind: K,
  about: { readonly conversation: () => ConversationRow; readonly offline: () => boolean },
): StructuredInHand<K> {
  const acts = inject(THREAD_ACTS);
  const words = useWords();
  const { person } = useSession();
  const { id } = about.conversation();
  const form = useKeptForm(kind, id);
  /** Its writer wanted to send it: from then on they hear also of what is missing. */
  const state = reactive({ tried: false });
  const busy = ref(false);
  const problem = ref<RefusalCode | 'unknown' | null>(null);

  const reply = computed(() => form.value && replyOf(kind, form.value));
  const problems = computed(() => (form.value ? problemsOf(kind, form.value) : []));
  const refused = computed(() => {
    if (about.offline()) return 'offline';
    if (person.value === null) return 'not-signed-in';
    return refuses('timeline.reply', person.value, about.conversation(), words.now.value);
  });

  async function submit(message: Structured): Promise<RefusalCode | 'unknown' | null> {
    const contextEntryId = acts?.quoted.value?.id;
    const result = await acts?.sending.submit(`structured/${kind}`, { ...message, contextEntryId });
    return result === undefined || result.ok ? null : result.code;
  }

  function startOver(): void {
    state.tried = false;
    problem.value = null;
    form.value = emptyForm(kind);
  }

  async function send(): Promise<boolean> {
    state.tried = true;
    const message = reply.value;
    if (message === null || problems.value.length > 0) return false;
    if (refused.value !== null || busy.value) return false;
    busy.value = true;
    problem.value = await submit(message).finally(() => (busy.value = false));
    if (problem.value !== null) return false;
    await dropBegun(id, kind);
    if (acts) acts.quoted.value = null;
    acts?.sent();
    return true;
  }

  return {
    form,
    reply,
    begun: computed(() => form.value !== null && !isEmptyForm(kind, form.value)),
    startOver,
    problemAt: (field) =>
      problems.value.find(
        (one) => one.field === field && (state.tried || one.problem !== 'missing'),
      ) ?? null,
    refused,
    busy,
    problem,
    send,
  };
}
