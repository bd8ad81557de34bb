import { NOW } from '@switchboard/domain/testing';
import { defineComponent, h, ref, type Component } from 'vue';
import { provideWords } from '../words.ts';
import { world } from './world.ts';

/** A component inside a thread of Marta's, as `ConversationView` would have it. */
export const inThread = (component: Component, props: () => Record<string, unknown>) =>
  defineComponent({
    setup() {
      provideWords({
        me: () => world.person.value.uid,
        now: ref(NOW),
        customerName: () => 'Marta Oliveira',
      });
      return () => h(component, props());
    },
  });
