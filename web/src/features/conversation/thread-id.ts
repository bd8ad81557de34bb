import type { InjectionKey } from 'vue';

/** The conversation whose thread a component stands in; entries do not name it. */
export const THREAD_ID: InjectionKey<string> = Symbol();
