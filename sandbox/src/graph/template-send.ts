import { isObject, textOf, type Json, type JsonObject } from '../model.ts';
import { graphError, refusedValue, type GraphError } from './errors.ts';
import {
  buttonsOf,
  componentOf,
  filled,
  headerFormat,
  variablesOf,
  type Template,
  type TemplateButton,
  type TemplateStatus,
} from './template.ts';

/** A template's text filled in is at most so long; a longer one is refused with 132005. */
const LONGEST_BODY = 1024;
const MEDIA = ['IMAGE', 'VIDEO', 'DOCUMENT'];
const TEXTUAL = ['text', 'currency', 'date_time'];

const objects = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];
const parametersOf = (component: JsonObject): JsonObject[] => objects(component.parameters);
const typeOf = (parameter: JsonObject | undefined): string =>
  textOf(parameter?.type ?? 'unknown').toLowerCase();

/** What a parameter reads as: its text, or the fallback of a currency or a date. */
export function parameterText(parameter: JsonObject): string {
  const typed = parameter[typeOf(parameter)];
  return isObject(typed) ? textOf(typed.fallback_value) : textOf(parameter.text);
}

/** The values of a component by variable name: `1`, `2`, … or the names of the parameters. */
export function valuesOf(template: Template, component: JsonObject): Map<string, string> {
  const named = template.parameterFormat === 'NAMED';
  return new Map(
    parametersOf(component).map((parameter, index) => [
      named ? textOf(parameter.parameter_name) : String(index + 1),
      parameterText(parameter),
    ]),
  );
}

/** The parameter of the button at this place, by its place in the template. */
export function buttonParameter(components: JsonObject[], index: number): JsonObject | undefined {
  const component = components.find(
    (one) => typeOf(one) === 'button' && textOf(one.index) === String(index),
  );
  return component && parametersOf(component)[0];
}

const REFUSED: Partial<Record<TemplateStatus, number>> = { PAUSED: 132015, DISABLED: 132016 };

/**
 * Judges a `template` send against the template that it names, as Meta does before accepting it
 * (Meta, "Error codes" 132000 to 132018; the details as they are known from real answers). Null means
 * that it may go out.
 */
export function templateProblem(
  template: Template | undefined,
  content: JsonObject,
): GraphError | null {
  if (template === undefined) return notThere(content);
  const code = REFUSED[template.status];
  if (code !== undefined) return graphError(code);
  if (template.status !== 'APPROVED') return notThere(content);
  const components = objects(content.components);
  return (
    headerProblem(template, components) ??
    bodyProblem(template, components) ??
    buttonsProblem(template, components)
  );
}

function notThere(content: JsonObject): GraphError {
  const code = isObject(content.language) ? textOf(content.language.code) : '';
  return graphError(132001, `template name (${textOf(content.name)}) does not exist in ${code}`);
}

function headerProblem(template: Template, components: JsonObject[]): GraphError | null {
  const format = headerFormat(template);
  const given = componentOf(components, 'HEADER');
  if (format === '' || format === 'TEXT')
    return textProblem(
      'header',
      template,
      textOf(componentOf(template.components, 'HEADER').text),
      given,
    );
  const [parameter] = parametersOf(given);
  if (typeOf(parameter).toUpperCase() !== format) return mismatch('header', format, parameter);
  const value = parameter?.[format.toLowerCase()];
  if (!isObject(value)) return missingIn('header', format.toLowerCase());
  if (format === 'LOCATION')
    return value.latitude === undefined ? missingIn('header', 'latitude') : null;
  if (MEDIA.includes(format) && textOf(value.id) === '' && textOf(value.link) === '')
    return missingIn('header', 'id or link');
  return null;
}

function bodyProblem(template: Template, components: JsonObject[]): GraphError | null {
  const text = textOf(componentOf(template.components, 'BODY').text);
  const given = componentOf(components, 'BODY');
  const problem = textProblem('body', template, text, given);
  if (problem !== null) return problem;
  const values = valuesOf(template, given);
  const whole = filled(text, (name) => values.get(name));
  return whole.length > LONGEST_BODY ? graphError(132005) : null;
}

/** The parameters of a text: their kinds, how many, by place or by name, and what is in them. */
function textProblem(
  where: 'header' | 'body',
  template: Template,
  text: string,
  given: JsonObject,
): GraphError | null {
  const parameters = parametersOf(given);
  const other = parameters.find((parameter) => !TEXTUAL.includes(typeOf(parameter)));
  if (other !== undefined) return mismatch(where, 'TEXT', other);
  const variables = variablesOf(text);
  if (parameters.length !== variables.length)
    return graphError(
      132000,
      `${where}: number of localizable_params (${parameters.length}) does not match the expected number of params (${variables.length})`,
    );
  return namesProblem(where, template, variables, parameters) ?? valuesProblem(where, parameters);
}

function namesProblem(
  where: string,
  template: Template,
  variables: string[],
  parameters: JsonObject[],
): GraphError | null {
  const names = parameters.map((parameter) => textOf(parameter.parameter_name));
  if (template.parameterFormat === 'POSITIONAL')
    return names.every((name) => name === '')
      ? null
      : graphError(132012, `${where}: parameters of this template have no names`);
  if (names.includes('')) return refusedValue('Parameter name is missing or empty');
  const stranger = names.find((name) => !variables.includes(name));
  if (stranger !== undefined)
    return graphError(132012, `${where}: the template has no parameter (${stranger})`);
  return new Set(names).size === names.length
    ? null
    : graphError(132012, `${where}: a parameter is there twice`);
}

function valuesProblem(where: string, parameters: JsonObject[]): GraphError | null {
  const texts = parameters.map(parameterText);
  if (texts.includes('')) return missingIn(where, 'text');
  return texts.some((text) => /[\n\t]| {5}/.test(text))
    ? graphError(
        132018,
        'Param text cannot have new-line/tab characters or more than 4 consecutive spaces',
      )
    : null;
}

/** A `sub_type` of a send and the button that it is for. */
const SUB_TYPES: Record<string, string> = {
  quick_reply: 'QUICK_REPLY',
  url: 'URL',
  copy_code: 'COPY_CODE',
  flow: 'FLOW',
  catalog: 'CATALOG',
  mpm: 'MPM',
};
/** The property of a button's parameter, by the button. */
const PARAMETER: Record<string, string> = {
  QUICK_REPLY: 'payload',
  URL: 'text',
  COPY_CODE: 'coupon_code',
};

function buttonsProblem(template: Template, components: JsonObject[]): GraphError | null {
  const buttons = buttonsOf(template);
  const given = components.filter((component) => typeOf(component) === 'button');
  for (const component of given) {
    const button = buttons[Number(textOf(component.index) || NaN)];
    const type = SUB_TYPES[textOf(component.sub_type).toLowerCase()] ?? 'UNKNOWN';
    if (button?.type !== type)
      return graphError(
        132012,
        `buttons: Format mismatch, expected ${button?.type ?? 'NONE'}, received ${type}`,
      );
  }
  const problems = buttons.map((button, index) =>
    buttonProblem(button, index, buttonParameter(components, index)),
  );
  return problems.find((problem) => problem !== null) ?? null;
}

function buttonProblem(
  button: TemplateButton,
  index: number,
  parameter: JsonObject | undefined,
): GraphError | null {
  const dynamic = button.type === 'COPY_CODE' || variablesOf(button.url).length > 0;
  const what = `Button at index ${index} of type ${titled(button.type)}`;
  if (parameter === undefined)
    return dynamic ? graphError(131008, `buttons: ${what} requires a parameter`) : null;
  if (button.type === 'URL' && !dynamic)
    return graphError(132000, `buttons: ${what} does not take a parameter`);
  const property = PARAMETER[button.type];
  if (property !== undefined && textOf(parameter[property]) === '')
    return missingIn('buttons', property);
  return null;
}

/** `QUICK_REPLY` → `QuickReply`. */
const titled = (type: string): string =>
  type
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('');

const mismatch = (where: string, expected: string, given: JsonObject | undefined): GraphError =>
  graphError(
    132012,
    `${where}: Format mismatch, expected ${expected}, received ${typeOf(given).toUpperCase()}`,
  );

const missingIn = (where: string, what: string): GraphError =>
  graphError(131008, `${where}: ${what} is missing`);
