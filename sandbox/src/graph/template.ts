import { createHash } from 'node:crypto';
import { isObject, textOf, type Json, type JsonObject } from '../model.ts';

/** What has become of a template's review and quality (Meta, "Template status"). */
export type TemplateStatus =
  | 'APPROVED'
  | 'PENDING'
  | 'REJECTED'
  | 'PAUSED'
  | 'DISABLED'
  | 'IN_APPEAL'
  | 'LIMIT_EXCEEDED'
  | 'ARCHIVED'
  | 'PENDING_DELETION';

/** How the variables of a template are filled: by their place or by their name. */
export type ParameterFormat = 'POSITIONAL' | 'NAMED';

/** What a template is for (Meta, "Template categorization"). */
export const CATEGORIES = ['AUTHENTICATION', 'MARKETING', 'UTILITY'] as const;

/** A message template in one language, with its components as Meta keeps them. */
export interface Template {
  /** Digits that fit a JSON number, as which webhooks carry them. */
  id: string;
  name: string;
  language: string;
  category: (typeof CATEGORIES)[number];
  parameterFormat: ParameterFormat;
  components: JsonObject[];
  status: TemplateStatus;
  /** Why it was rejected, `NONE` where it was not. */
  rejectedReason: string;
}

/** A button of a template: `QUICK_REPLY`, `URL`, `PHONE_NUMBER`, `COPY_CODE`, … */
export interface TemplateButton {
  type: string;
  text: string;
  /** Of a `URL` button; `{{1}}` at its end is a variable. */
  url: string;
  phoneNumber: string;
}

const VARIABLE = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** The variables of a text in the order of their first use: `Hi {{1}}, your {{2}}` → `1`, `2`. */
export const variablesOf = (text: string): string[] => [
  ...new Set([...text.matchAll(VARIABLE)].map(([, name = '']) => name)),
];

/** A text with its variables filled; what has no value stays as it is. */
export const filled = (text: string, value: (name: string) => string | undefined): string =>
  text.replace(VARIABLE, (whole, name: string) => value(name) ?? whole);

/** The component of this type in any case of letters, empty where there is none. */
export function componentOf(components: Json | undefined, type: string): JsonObject {
  const all = Array.isArray(components) ? components.filter(isObject) : [];
  return all.find((one) => textOf(one.type).toUpperCase() === type) ?? {};
}

/** What the header is: `TEXT`, `IMAGE`, `VIDEO`, `DOCUMENT`, `LOCATION`, or '' without one. */
export function headerFormat(template: Pick<Template, 'components'>): string {
  const header = componentOf(template.components, 'HEADER');
  return header.type === undefined ? '' : textOf(header.format ?? 'TEXT').toUpperCase();
}

/** The buttons in their order, which is what a send names them by. */
export function buttonsOf(template: Pick<Template, 'components'>): TemplateButton[] {
  const { buttons } = componentOf(template.components, 'BUTTONS');
  return (Array.isArray(buttons) ? buttons.filter(isObject) : []).map((button) => ({
    type: textOf(button.type).toUpperCase(),
    text: textOf(button.text),
    url: textOf(button.url),
    phoneNumber: textOf(button.phone_number),
  }));
}

/** The id of a template: fifteen digits, always the same for a name and a language of an account. */
export function templateIdOf(wabaId: string, name: string, language: string): string {
  const hash = createHash('sha256').update(`${wabaId}:${name}:${language}`).digest();
  return String(10n ** 14n + (hash.readBigUInt64BE() % (9n * 10n ** 14n)));
}
