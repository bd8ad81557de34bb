/** Two letters that stand for a name: of its first and last word, or of the only one. */
export function initials(name: string): string {
  const words = name
    .split(/[\s\p{Z}]+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+/u, ''))
    .filter((word) => word !== '');
  const first = [...(words[0] ?? '')][0] ?? '';
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

const TONES = 6;

/** The tone of a colleague, 1 to 6, the same on every device: by id, not by name. */
export function toneOf(id: string): number {
  // FNV-1a; its low bits alone would only add up the letters.
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return ((hash >>> 8) % TONES) + 1;
}
