import {
  emptyVariable,
  fillTemplate,
  headerFile,
  isSendable,
  TEXT_LIMIT,
  type EntryMedia,
  type RefusalCode,
  type TemplateValues,
  type TemplateVariable,
} from '@switchboard/domain';
import {
  computed,
  inject,
  onBeforeUnmount,
  ref,
  shallowRef,
  watch,
  type ComputedRef,
  type Ref,
} from 'vue';
import { newEntryId } from '../../../data/actions.ts';
import type { ConversationRow } from '../../../data/conversations.ts';
import type { LiveState } from '../../../data/live.ts';
import {
  noteTemplate,
  usedTemplates,
  useTemplates,
  type TemplateRow,
  type Templates,
} from '../../../data/templates.ts';
import { uploadFile } from '../../../data/uploads.ts';
import { useI18n } from '../../../i18n/index.ts';
import { THREAD_ACTS } from '../thread-acts.ts';
import { byNearness, chipsOf } from './choice.ts';
import { NO_VALUES, suggested, tidy, withValue } from './gaps.ts';
import { begunIn } from './kept.ts';

/** Why a template did not leave. */
export type TemplateProblem = RefusalCode | 'unknown';

/** A template being chosen, filled in and sent. */
export interface TemplateInHand {
  readonly state: ComputedRef<LiveState>;
  /** Asks again after a failure. */
  readonly retry: () => void;
  /** All there are, the nearest first. */
  readonly nearest: ComputedRef<readonly TemplateRow[]>;
  readonly chips: ComputedRef<readonly TemplateRow[]>;
  /** `null` where none can be sent, and until it is known which one was used last. */
  readonly template: ComputedRef<TemplateRow | null>;
  readonly choose: (id: string) => void;
  readonly values: ComputedRef<TemplateValues>;
  readonly fill: (variable: TemplateVariable, value: string) => void;
  /** The file of the header, where the template has one. */
  readonly file: Ref<File | null>;
  /** What is missing: the first gap, or the header's file. */
  readonly missing: ComputedRef<TemplateVariable | 'file' | null>;
  readonly busy: Ref<boolean>;
  /** Part of the file that has left, 0 to 1; `null` while none is on its way. */
  readonly uploaded: Ref<number | null>;
  readonly problem: Ref<TemplateProblem | null>;
  /** Uploads the file, where there is one, then queues the message; answers whether it is queued. */
  readonly send: () => Promise<boolean>;
}

/** The language in which the customer was last written to by template. */
function useLastLanguage(): ComputedRef<string> {
  const { language } = useI18n();
  const acts = inject(THREAD_ACTS);
  return computed(() => {
    const last = acts?.entries.value.findLast(
      (entry) => entry.kind === 'outbound' && entry.type === 'template',
    );
    const spoken = last?.kind === 'outbound' ? last.content?.['language'] : undefined;
    return typeof spoken === 'string' ? spoken : language.value;
  });
}

/** What is chosen and filled in; kept while the app is open. */
function useFilling(conversation: () => ConversationRow, list: Templates) {
  const begun = begunIn(conversation().id);
  const used = shallowRef<readonly string[] | null>(null);
  void usedTemplates().then((ids) => (used.value = ids));
  const language = useLastLanguage();
  const nearest = computed(() =>
    used.value === null
      ? []
      : byNearness(list.rows.value, { used: used.value, language: language.value }),
  );
  const template = computed(
    () =>
      nearest.value.find((row) => row.id === begun.chosen && isSendable(row)) ??
      nearest.value.find(isSendable) ??
      null,
  );
  const values = computed(() => {
    const { value } = template;
    if (value === null) return NO_VALUES;
    return begun.values.get(value.id) ?? suggested(value, conversation().contact.name);
  });
  const state = computed<LiveState>(() =>
    list.state.value === 'ready' && used.value === null ? 'loading' : list.state.value,
  );
  return { begun, state, nearest, template, values };
}

/** A file on its way, kept once it is there: a message whose answer was lost carries the same one again. */
function useHeaderFile(conversation: () => ConversationRow) {
  const file = shallowRef<File | null>(null);
  const uploaded = ref<number | null>(null);
  const stop = new AbortController();
  onBeforeUnmount(() => stop.abort());
  let mediaId = '';
  let media: EntryMedia | null = null;
  watch(file, () => {
    mediaId = newEntryId();
    media = null;
  });
  async function bring(): Promise<EntryMedia | TemplateProblem> {
    const now = file.value;
    if (media !== null || now === null) return media ?? 'bad-input';
    uploaded.value = 0;
    const upload = { conversationId: conversation().id, mediaId, file: now };
    const onProgress = (bytes: number) => (uploaded.value = bytes / Math.max(1, now.size));
    const result = await uploadFile(upload, onProgress, stop.signal);
    uploaded.value = null;
    if (!result.ok) return result.code === 'cancelled' ? 'unknown' : result.code;
    // Another file was chosen meanwhile: this one goes with what was sent, and with nothing after it.
    if (file.value === now) media = result.media;
    return result.media;
  }
  return { file, uploaded, bring };
}

/** What must be filled in first: a gap, or the header's file; `null` where nothing is. */
function missingIn(
  template: TemplateRow | null,
  values: TemplateValues,
  file: File | null,
): TemplateVariable | 'file' | null {
  if (template === null) return null;
  const gap = emptyVariable(template, values);
  return gap ?? (headerFile(template) !== null && file === null ? 'file' : null);
}

/** Chooses, fills in and sends one of the templates of a conversation's number. */
export function useTemplate(conversation: () => ConversationRow): TemplateInHand {
  const acts = inject(THREAD_ACTS);
  const list = useTemplates(() => conversation().channelId);
  const { begun, state, nearest, template, values } = useFilling(conversation, list);
  const { file, uploaded, bring } = useHeaderFile(conversation);
  const busy = ref(false);
  const problem = ref<TemplateProblem | null>(null);

  const missing = computed(() => missingIn(template.value, values.value, file.value));

  async function submit(row: TemplateRow): Promise<TemplateProblem | null> {
    // As it was when it was sent: the file may take its time.
    const filled = tidy(values.value);
    const needsFile = headerFile(row) !== null;
    const media = needsFile ? await bring() : undefined;
    if (typeof media === 'string') return media;
    const result = await acts?.sending.submit('template', {
      type: 'template',
      content: { templateId: row.id, name: row.name, values: filled },
      text: fillTemplate(row, filled).body.slice(0, TEXT_LIMIT),
      media,
    });
    return result === undefined || result.ok ? null : result.code;
  }

  return {
    state,
    retry: list.retry,
    nearest,
    chips: computed(() => chipsOf(nearest.value, template.value)),
    template,
    choose(id) {
      if (busy.value) return;
      begun.chosen = id;
      problem.value = null;
      file.value = null;
    },
    values,
    fill(variable, value) {
      if (template.value === null || busy.value) return;
      begun.chosen = template.value.id;
      begun.values.set(template.value.id, withValue(values.value, variable, value));
    },
    file,
    missing,
    busy,
    uploaded,
    problem,
    async send() {
      const row = template.value;
      if (row === null || missing.value !== null || busy.value) return false;
      busy.value = true;
      problem.value = await submit(row).finally(() => (busy.value = false));
      if (problem.value !== null) return false;
      begun.values.delete(row.id);
      file.value = null;
      void noteTemplate(row.id);
      return true;
    },
  };
}
