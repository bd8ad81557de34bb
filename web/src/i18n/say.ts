export type Values = Readonly<Record<string, string | number>>;

/** What a compiled message asks for; the names are those of the message compiler's output. */
interface Context {
  readonly normalize: (parts: readonly unknown[]) => string;
  readonly interpolate: (value: unknown) => string;
  readonly named: (name: string) => unknown;
  readonly plural: (forms: readonly string[]) => string;
}

/** Compiled messages by key: `build/messages.ts`. */
export type Messages = Readonly<Record<string, string | ((context: Context) => string)>>;

/** Of two forms the first is for one; of three they are for none, for one, for more. */
function formOf(count: number, forms: number): number {
  if (forms === 3) return Math.min(Math.abs(count), 2);
  return count === 1 ? 0 : 1;
}

/** The text of a message. Values go in as text and are never read as a message or as HTML. */
export function say(messages: Messages, key: string, values: Values, count: number): string {
  const message = messages[key];
  if (typeof message !== 'function') return message ?? key;
  return message({
    normalize: (parts) => parts.join(''),
    interpolate: (value) => (value === undefined ? '' : String(value as string | number)),
    named: (name) => values[name],
    plural: (forms) => forms[Math.min(formOf(count, forms.length), forms.length - 1)] ?? '',
  });
}
