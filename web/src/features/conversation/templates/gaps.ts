import {
  templateVariables,
  type Template,
  type TemplatePart,
  type TemplateValues,
  type TemplateVariable,
} from '@switchboard/domain';
import { plainName } from './template-name.ts';

/** A template with nothing filled in. */
export const NO_VALUES: TemplateValues = { header: [], body: [], buttons: [] };

/** The values with one of them changed. */
export function withValue(
  values: TemplateValues,
  { part, at }: Pick<TemplateVariable, 'part' | 'at'>,
  value: string,
): TemplateValues {
  const own = [...values[part]];
  for (let index = own.length; index < at; index += 1) own[index] = '';
  own[at] = value;
  return { ...values, [part]: own };
}

const isNumber = (name: string): boolean => /^\d+$/.test(name);

/** A variable whose name speaks of a person, in the languages of the app. */
const OF_A_NAME = /name|nombre|nome|customer|cliente/i;

/** Where a greeting stands, the customer's name is meant. */
const asksForName = ({ part, name }: TemplateVariable): boolean =>
  part === 'body' && (name === '1' || (!isNumber(name) && OF_A_NAME.test(name)));

/** What can be filled in from the contact: a suggestion that the person may change. */
export function suggested(template: Template, contactName: string): TemplateValues {
  const [first = ''] = contactName.trim().split(/\s+/);
  return templateVariables(template).reduce(
    (values, variable) => withValue(values, variable, asksForName(variable) ? first : ''),
    NO_VALUES,
  );
}

/** The text in which a variable stands. */
function around(template: Template, part: TemplatePart, at: number): string {
  if (part === 'header') return template.header?.text ?? '';
  if (part === 'body') return template.body;
  return template.buttons.filter(({ url }) => url?.includes('{{'))[at]?.text ?? '';
}

/** So many words stand for where a gap is. */
const WORDS = 3;

/**
 * What a field is called: a name in plain words, or the number as the template has it, with the words
 * before it, or after it where none are before.
 */
export function fieldName(template: Template, { part, at, name }: TemplateVariable): string {
  if (!isNumber(name)) return plainName(name);
  const gap = `{{${name}}}`;
  const text = around(template, part, at).replace(/[*_~`]/g, '');
  if (part === 'buttons') return `${gap} ${text}`;
  const [before = '', after = ''] = text
    .replace(/\{\{\s*/g, '{{')
    .replace(/\s*\}\}/g, '}}')
    .split(gap);
  const lead = wordsOf(before.split(/\}\}/).at(-1)).slice(-WORDS);
  if (lead.length > 0) return `${lead.join(' ')} ${gap}`;
  return [gap, ...wordsOf(after.split(/\{\{/)[0]).slice(0, WORDS)].join(' ');
}

const wordsOf = (text = ''): readonly string[] =>
  text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));

/** A value as Meta takes it: no line breaks, no tabs, no more than one space (Meta, error 132018). */
export const tidy = (values: TemplateValues): TemplateValues => ({
  header: values.header.map(tidied),
  body: values.body.map(tidied),
  buttons: values.buttons.map(tidied),
});
const tidied = (value = ''): string => value.replace(/\s+/g, ' ').trim();
