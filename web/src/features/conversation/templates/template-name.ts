/** The name of a template in plain words: Meta allows small letters, digits and underscores. */
export function plainName(name: string): string {
  const words = name.replace(/[_\s]+/g, ' ').trim();
  return words === '' ? name : words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
