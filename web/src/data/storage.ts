/**
 * The only user of localStorage: small choices of this device. Private mode, a full quota or a
 * blocked storage cost the choice and nothing else.
 */
const KEYS = { theme: 'switchboard.theme', language: 'switchboard.language' } as const;
/** A choice that localStorage keeps. */
export type Setting = keyof typeof KEYS;

/** The stored choice, or `null`. */
export function readSetting(name: Setting): string | null {
  try {
    return localStorage.getItem(KEYS[name]);
  } catch {
    return null;
  }
}

/** Stores a choice; `null` forgets it. */
export function writeSetting(name: Setting, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(KEYS[name]);
    else localStorage.setItem(KEYS[name], value);
  } catch {
    // The choice holds until the page is closed.
  }
}
