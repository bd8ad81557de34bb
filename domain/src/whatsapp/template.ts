import type { Template, TemplateButton } from '../documents/template.ts';
import { asObject, asObjects, asText, compact, type Json } from '../shared/read.ts';

/** The part of a template in which a variable stands. */
export const TEMPLATE_PARTS = ['header', 'body', 'buttons'] as const;
/** One of the {@link TEMPLATE_PARTS}. */
export type TemplatePart = (typeof TEMPLATE_PARTS)[number];

/** What stands for the variables, part by part, in the order of {@link templateVariables}. */
export type TemplateValues = Readonly<Record<TemplatePart, readonly string[]>>;

/** A gap of a template. */
export interface TemplateVariable {
  readonly part: TemplatePart;
  /** Its place among the values of its part, counted from 0. */
  readonly at: number;
  /** What stands between the braces: a number or a name. */
  readonly name: string;
}

/** Header formats that are a file; the message carries it. */
const FILE_HEADERS: Readonly<Record<string, 'image' | 'video' | 'document'>> = {
  IMAGE: 'image',
  VIDEO: 'video',
  DOCUMENT: 'document',
};

/** The type of the file that a template's header needs; `null` where it needs none. */
export const headerFile = ({
  header,
}: Pick<Template, 'header'>): 'image' | 'video' | 'document' | null =>
  header ? (FILE_HEADERS[header.kind] ?? null) : null;

/** Button types that need nothing of the sender, or one value. */
const PLAIN_BUTTONS: ReadonlySet<string> = new Set(['QUICK_REPLY', 'PHONE_NUMBER', 'URL']);

/** True where it is approved and everything in it can be filled here. */
export const isSendable = (template: Template): boolean =>
  template.status === 'APPROVED' &&
  !template.partial &&
  (template.header === null || template.header.kind === 'TEXT' || headerFile(template) !== null) &&
  template.buttons.every(({ type }) => PLAIN_BUTTONS.has(type));

const VARIABLE = /\{\{\s*([^{}]+?)\s*\}\}/g;

/** The names between braces in the order of their first place; numbers in their own order. */
function namesIn(text: string): readonly string[] {
  const names = [...new Set([...text.matchAll(VARIABLE)].map(([, name = '']) => name))];
  return names.every((name) => /^\d+$/.test(name))
    ? names.sort((a, b) => Number(a) - Number(b))
    : names;
}

/** Buttons whose address ends in a variable: each has one value. */
const openButtons = (template: Pick<Template, 'buttons'>) =>
  template.buttons.flatMap((button, index) => {
    const [name] = namesIn(button.url ?? '');
    return name === undefined ? [] : [{ index, name, button }];
  });

/** Every gap of a template, in the order in which a person fills them. */
export function templateVariables(template: Template): readonly TemplateVariable[] {
  const header = template.header?.kind === 'TEXT' ? namesIn(template.header.text) : [];
  const listed = (part: TemplatePart, names: readonly string[]) =>
    names.map((name, at) => ({ part, at, name }));
  return [
    ...listed('header', header),
    ...listed('body', namesIn(template.body)),
    ...listed(
      'buttons',
      openButtons(template).map(({ name }) => name),
    ),
  ];
}

/** The first gap that nothing, or nothing but spaces, stands for; `null` where all are filled. */
export const emptyVariable = (
  template: Template,
  values: TemplateValues,
): TemplateVariable | null =>
  templateVariables(template).find(({ part, at }) => !values[part][at]?.trim()) ?? null;

const filled = (text: string, values: readonly string[]): string => {
  const names = namesIn(text);
  return text.replace(VARIABLE, (gap, name: string) => values[names.indexOf(name)] || gap);
};

/** A template as the customer will see it. A gap without a value stays as it is written. */
export interface ShownTemplate {
  readonly header: string;
  readonly body: string;
  readonly footer: string;
  readonly buttons: readonly TemplateButton[];
}

/** Puts the values into a template. */
export function fillTemplate(template: Template, values: TemplateValues): ShownTemplate {
  const open = openButtons(template);
  return {
    header: template.header?.kind === 'TEXT' ? filled(template.header.text, values.header) : '',
    body: filled(template.body, values.body),
    footer: template.footer,
    buttons: template.buttons.map((button, index) => {
      const at = open.findIndex((one) => one.index === index);
      return at < 0 || button.url === undefined
        ? button
        : { ...button, url: filled(button.url, [values.buttons[at] ?? '']) };
    }),
  };
}

/** Parameters of one component; a named one carries its name (Meta, "Templates", `parameter_format`). */
const parameters = (
  format: Template['format'],
  text: string,
  values: readonly string[],
): readonly Json[] =>
  namesIn(text).map((name, at) =>
    compact({
      type: 'text',
      parameter_name: format === 'named' ? name : undefined,
      text: values[at] ?? '',
    }),
  );

/**
 * The `components` of a send (Meta, "Send message templates"): only parts that have something to
 * fill. `headerMedia` is the object of the file that the header shows.
 */
export function templateComponents(
  template: Template,
  values: TemplateValues,
  headerMedia: Json | null,
): readonly Json[] {
  const { format, header } = template;
  const file = headerFile(template);
  const head =
    file !== null && headerMedia !== null
      ? [{ type: file, [file]: headerMedia }]
      : header?.kind === 'TEXT'
        ? parameters(format, header.text, values.header)
        : [];
  const body = parameters(format, template.body, values.body);
  return [
    ...(head.length > 0 ? [{ type: 'header', parameters: head }] : []),
    ...(body.length > 0 ? [{ type: 'body', parameters: body }] : []),
    ...openButtons(template).map(({ index }, at) => ({
      type: 'button',
      sub_type: 'url',
      index: String(index),
      parameters: [{ type: 'text', text: values.buttons[at] ?? '' }],
    })),
  ];
}

const readButton = (button: Json): TemplateButton =>
  compact({
    type: asText(button['type']) ?? '',
    text: asText(button['text']) ?? '',
    url: asText(button['url']),
    phone: asText(button['phone_number']),
  });

/** Components that a template here is made of; any other makes it {@link Template.partial}. */
const COMPONENTS: ReadonlySet<string> = new Set(['HEADER', 'BODY', 'FOOTER', 'BUTTONS']);

/**
 * Reads one row of `GET /{waba-id}/message_templates` (Meta, "Template management"). `null` for what
 * has no id or no name.
 */
export function readTemplate(
  row: unknown,
  wabaId: string,
  now: number,
): { readonly id: string; readonly template: Template } | null {
  const json = asObject(row);
  const id = asText(json?.['id']);
  const name = asText(json?.['name']);
  if (json === undefined || id === undefined || name === undefined) return null;
  const components = asObjects(json['components']);
  const typeOf = (component: Json) => (asText(component['type']) ?? '').toUpperCase();
  const part = (type: string) => components.find((component) => typeOf(component) === type);
  const header = part('HEADER');
  const template: Template = {
    schemaVersion: 1,
    wabaId,
    name,
    language: asText(json['language']) ?? '',
    status: asText(json['status'])?.toUpperCase() ?? '',
    category: asText(json['category'])?.toUpperCase() ?? '',
    format: asText(json['parameter_format'])?.toLowerCase() === 'named' ? 'named' : 'positional',
    header: header
      ? {
          kind: asText(header['format'])?.toUpperCase() ?? 'TEXT',
          text: asText(header['text']) ?? '',
        }
      : null,
    body: asText(part('BODY')?.['text']) ?? '',
    footer: asText(part('FOOTER')?.['text']) ?? '',
    buttons: asObjects(part('BUTTONS')?.['buttons']).map(readButton),
    partial: components.some((component) => !COMPONENTS.has(typeOf(component))),
    syncedAt: now,
  };
  return { id, template };
}
