/** Values of a message by their names. */
export type Values = Readonly<Record<string, string | number>>;

/** A compiled message: a text, or the text or forms for values. */
type Message = string | ((values: Values) => string | readonly string[]);

/** Compiled messages by their whole key. */
export type Messages = Readonly<Record<string, Message>>;

/** Compiled messages in groups (`build/compile-messages.ts`). */
export interface Groups {
  readonly [name: string]: Message | Groups;
}

/** The messages of groups by their whole key, as they are looked up. */
export const byKey = (groups: Groups): Messages => Object.fromEntries(pairs(groups, ''));

const pairs = (groups: Groups, at: string): readonly (readonly [string, Message])[] =>
  Object.entries(groups).flatMap(([name, inside]) =>
    typeof inside === 'object' ? pairs(inside, `${at}${name}.`) : [[at + name, inside] as const],
  );

/** Of two forms the first is for one; of three they are for none, for one, for more. */
function formOf(count: number, forms: readonly string[]): string {
  const three = forms.length === 3;
  const index = three ? Math.min(Math.abs(count), 2) : Number(count !== 1);
  return forms[Math.min(index, forms.length - 1)] ?? '';
}

/** The text of a message. Values go in as text and are never read as a message or as HTML. */
export function say(messages: Messages, key: string, values: Values, count: number): string {
  const message = messages[key];
  if (typeof message !== 'function') return message ?? key;
  const said = message(values);
  return typeof said === 'string' ? said : formOf(count, said);
}
