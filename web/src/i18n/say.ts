export type Values = Readonly<Record<string, string | number>>;

/** Compiled messages by key (`build/compile-messages.ts`): a text, or the text or forms for values. */
export type Messages = Readonly<
  Record<string, string | ((values: Values) => string | readonly string[])>
>;

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
