import { defineAsyncComponent, type Component } from 'vue';
import { allTexts } from '../i18n/index.ts';

/**
 * A component that most visits never show: its code and the texts of such components come when it
 * is first shown. Offline too: the service worker keeps both (`pwa.ts`).
 */
export const onDemand = <T extends Component>(load: () => Promise<{ default: T }>): T =>
  defineAsyncComponent(() => Promise.all([load(), allTexts()]).then(([module]) => module.default));
