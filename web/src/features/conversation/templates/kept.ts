import type { TemplateValues } from '@switchboard/domain';
import { shallowReactive } from 'vue';
import { onSessionEnd } from '../../../data/session.ts';

/** What a person has begun to fill in, in one conversation. */
export interface Begun {
  /** The template that they chose; `null` while the nearest one is offered. */
  chosen: string | null;
  /** By the template's id. */
  readonly values: Map<string, TemplateValues>;
}

/** Kept while the app is open: who looks at another conversation comes back to what they began. */
const kept = new Map<string, Begun>();
onSessionEnd(() => kept.clear());

/** What was begun in a conversation. */
export function begunIn(conversationId: string): Begun {
  const known = kept.get(conversationId);
  if (known) return known;
  const values: Map<string, TemplateValues> = shallowReactive(new Map<string, TemplateValues>());
  const begun = shallowReactive<Begun>({ chosen: null, values });
  kept.set(conversationId, begun);
  return begun;
}
