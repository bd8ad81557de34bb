import { ref } from 'vue';
import { readSetting, writeSetting } from '../data/storage.ts';

/** Looks that a person may choose; `system` follows the device. */
export const THEMES = ['system', 'light', 'dark'] as const;
/** One of the {@link THEMES}. */
export type Theme = (typeof THEMES)[number];

const stored = readSetting('theme');
const theme = ref<Theme>(stored === 'light' || stored === 'dark' ? stored : 'system');

/** Puts the theme of this device on the root; `system` leaves it to the browser. */
export function applyTheme(): void {
  if (theme.value === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme.value;
}

/** The theme of this device, and how to choose another. */
export function useTheme() {
  return {
    theme,
    choose(next: Theme): void {
      theme.value = next;
      writeSetting('theme', next === 'system' ? null : next);
      applyTheme();
    },
  };
}
