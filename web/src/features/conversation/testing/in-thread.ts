import { NOW } from '@switchboard/domain/testing';
import { defineComponent, h, provide, ref, type Component } from 'vue';
import { THREAD_ID } from '../thread-id.ts';
import { provideWords } from '../words.ts';
import { world } from './world.ts';

/** A component inside a thread of Marta's, as `ConversationView` would have it. */
export const inThread = (component: Component, props: () => Record<string, unknown>) =>
  defineComponent({
    setup() {
      provide(THREAD_ID, 'marta');
      provideWords({
        me: () => world.person.value.uid,
        now: ref(NOW),
        customerName: () => 'Marta Oliveira',
        ofGroup: () => false,
      });
      return () => h(component, props());
    },
  });
