import { NOW } from '@switchboard/domain/testing';
import { defineComponent, h, provide, ref, shallowRef, type Component } from 'vue';
import { THREAD_ACTS, type ThreadActs } from '../thread-acts.ts';
import { THREAD_ID } from '../thread-id.ts';
import { provideWords } from '../words.ts';
import { world } from './world.ts';

/** What the parts of a thread can do; nothing happens, and Jonas may do all of it. */
export const testActs = (over: Partial<ThreadActs> = {}): ThreadActs => ({
  conversation: world.conversation,
  entries: world.entries,
  mayReply: ref(true),
  mayTemplate: ref(true),
  sending: {
    busy: { reply: false, note: false },
    problem: ref(null),
    send: async () => true,
    submit: async () => ({ ok: true }),
    retrying: new Set(),
    retry: async () => ({ ok: true }),
  },
  quoted: shallowRef(null),
  quote: () => undefined,
  draft: () => undefined,
  sent: () => undefined,
  ...over,
});

/** A component inside a thread of Marta's, as `ConversationView` would have it. */
export const inThread = (
  component: Component,
  props: () => Record<string, unknown>,
  acts: ThreadActs = testActs(),
) =>
  defineComponent({
    setup() {
      provide(THREAD_ID, 'marta');
      provide(THREAD_ACTS, acts);
      provideWords({
        me: () => world.person.value.uid,
        now: ref(NOW),
        customerName: () => 'Marta Oliveira',
        ofGroup: () => false,
      });
      return () => h(component, props());
    },
  });
