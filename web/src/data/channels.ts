import { channelPath, channelSchema, conversationPath, holdsReplies } from '@switchboard/domain';
import * as v from 'valibot';
import { computed, toValue, type ComputedRef, type MaybeRefOrGetter } from 'vue';
import { useDoc } from './live.ts';

/** All that is needed of a conversation to find its number. */
const ofNumber = v.object({ channelId: v.string() });

/** Whether replies of a conversation wait until its number is connected again, live. */
export function useHeld(conversationId: string): ComputedRef<boolean> {
  const conversation = useDoc(() => conversationPath(conversationId), ofNumber);
  const channel = useDoc(() => {
    const channelId = conversation.data.value?.channelId;
    return channelId ? channelPath(channelId) : null;
  }, channelSchema);
  return computed(() => channel.data.value !== null && holdsReplies(channel.data.value));
}

/** Whether texts of a number say who of the team wrote them, live; false until it is known. */
export function useNamesAgents(channelId: MaybeRefOrGetter<string>): ComputedRef<boolean> {
  const channel = useDoc(() => channelPath(toValue(channelId)), channelSchema);
  return computed(() => channel.data.value?.namesAgents ?? false);
}
