import { defineAsyncComponent, type Component } from 'vue';
import { allTexts } from '../i18n/index.ts';
import { sayNotLoaded } from './not-loaded.ts';

/**
 * A component that most visits never show: its code and the texts of such components come when it
 * is first shown. Offline too: the service worker keeps both. Where it can't come, that is said.
 */
export const onDemand = <T extends Component>(load: () => Promise<{ default: T }>): T =>
  defineAsyncComponent(async () => {
    try {
      const [module] = await Promise.all([load(), allTexts()]);
      return module.default;
    } catch (error) {
      sayNotLoaded();
      throw error;
    }
  });
