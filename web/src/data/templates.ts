import { channelPath, channelSchema, templateSchema, type Template } from '@switchboard/domain';
import * as v from 'valibot';
import { computed, toValue, type ComputedRef, type MaybeRefOrGetter, type ShallowRef } from 'vue';
import { useDoc, useQuery, type LiveState } from './live.ts';
import { readLocal, updateLocal } from './local.ts';
import { templatesQuery } from './queries.ts';
import { currentPerson, useSession } from './session.ts';

/** A template with Meta's id of it. */
export type TemplateRow = Template & { readonly id: string };

/** The templates of the account that a number belongs to, live, also those that can't be sent. */
export interface Templates {
  /** By name. */
  readonly rows: Readonly<ShallowRef<readonly TemplateRow[]>>;
  readonly state: ComputedRef<LiveState>;
  /** Asks again after a failure. */
  readonly retry: () => void;
}

/** The templates that may be sent from a number, the first 500 by name. */
export function useTemplates(channelId: MaybeRefOrGetter<string>): Templates {
  const { person } = useSession();
  const channel = useDoc(
    () => (person.value ? channelPath(toValue(channelId)) : null),
    channelSchema,
  );
  const list = useQuery(() => {
    const wabaId = channel.data.value?.wabaId;
    return wabaId ? templatesQuery(wabaId) : null;
  }, templateSchema);
  /** A number that is not there, or belongs to no account, has none. */
  const none = computed(() => channel.state.value === 'ready' && !channel.data.value?.wabaId);
  return {
    rows: list.rows,
    state: computed(() => {
      if (none.value) return 'ready';
      return channel.state.value === 'ready' ? list.state.value : channel.state.value;
    }),
    retry() {
      channel.retry();
      list.retry();
    },
  };
}

/** So many of the templates that a person used last are remembered on a device. */
const REMEMBERED = 8;
const usedSchema = v.fallback(v.array(v.string()), []);
const usedKey = (): string => `templates/${currentPerson()?.uid ?? ''}`;

/** Ids of the templates that this person used last on this device, the newest first. */
export const usedTemplates = async (): Promise<readonly string[]> =>
  v.parse(usedSchema, await readLocal(usedKey()));

/** Remembers that this person used a template. */
export async function noteTemplate(id: string): Promise<void> {
  await updateLocal(usedKey(), (kept) =>
    [id, ...v.parse(usedSchema, kept).filter((other) => other !== id)].slice(0, REMEMBERED),
  );
}
