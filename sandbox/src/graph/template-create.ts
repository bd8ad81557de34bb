import { isObject, textOf, type JsonObject } from '../model.ts';
import { invalidParameter, refusedValue, type GraphError } from './errors.ts';
import {
  buttonsOf,
  CATEGORIES,
  componentOf,
  headerFormat,
  templateIdOf,
  variablesOf,
  type ParameterFormat,
  type Template,
} from './template.ts';

/** A template that goes into review, or the Graph error that refuses it. */
export type JudgedTemplate = { ok: true; template: Template } | { ok: false; error: GraphError };

const NAME = /^[a-z0-9_]{1,512}$/;
const LANGUAGE = /^[a-z]{2,3}(_[A-Z]{2})?$/;
const HEADERS = ['', 'TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION'];
const BUTTONS = [
  'QUICK_REPLY',
  'URL',
  'PHONE_NUMBER',
  'COPY_CODE',
  'FLOW',
  'CATALOG',
  'MPM',
  'OTP',
];
/** Subcodes of template management: the general one, and for variables without samples. */
const WRONG = 2388019;
const NO_SAMPLES = 2388043;

const wrong = (title: string, message: string, subcode = WRONG): GraphError =>
  refusedValue(message, subcode, { title, message });

/**
 * Judges a new template by what Meta's management API checks at once (Meta, "Template components");
 * whether people want to read it is left to the review, as which it starts: `PENDING`.
 */
export function judgeTemplate(raw: unknown, wabaId: string): JudgedTemplate {
  const body = isObject(raw) ? raw : {};
  const missing = ['name', 'language', 'category', 'components'].find(
    (name) => body[name] === undefined,
  );
  if (missing !== undefined)
    return refuse(invalidParameter(`The parameter ${missing} is required.`));
  const template = templateFrom(body, wabaId);
  const problem = headProblem(template) ?? partsProblem(template);
  return problem === null ? { ok: true, template } : refuse(problem);
}

const refuse = (error: GraphError): JudgedTemplate => ({ ok: false, error });

function templateFrom(body: JsonObject, wabaId: string): Template {
  const [name, language] = [textOf(body.name), textOf(body.language)];
  const format = textOf(body.parameter_format ?? 'POSITIONAL').toUpperCase() as ParameterFormat;
  return {
    id: templateIdOf(wabaId, name, language),
    name,
    language,
    category: textOf(body.category).toUpperCase() as Template['category'],
    parameterFormat: format,
    components: Array.isArray(body.components) ? body.components.filter(isObject) : [],
    status: 'PENDING',
    rejectedReason: 'NONE',
  };
}

function headProblem({ name, language, category, parameterFormat }: Template): GraphError | null {
  if (!NAME.test(name))
    return wrong('Invalid name', 'A name has small letters, digits and underscores only.');
  if (!LANGUAGE.test(language))
    return wrong('Invalid language', `The language code ${language} is not supported.`);
  if (!CATEGORIES.includes(category))
    return invalidParameter(
      `Param category must be one of {${CATEGORIES.join(', ')}} - got "${category}".`,
    );
  if (parameterFormat !== 'NAMED' && parameterFormat !== 'POSITIONAL')
    return invalidParameter(
      `Param parameter_format must be one of {NAMED, POSITIONAL} - got "${String(parameterFormat)}".`,
    );
  return null;
}

function partsProblem(template: Template): GraphError | null {
  return (
    headerProblem(template) ??
    bodyProblem(template) ??
    footerProblem(template) ??
    buttonsProblem(template)
  );
}

function headerProblem(template: Template): GraphError | null {
  const format = headerFormat(template);
  const header = componentOf(template.components, 'HEADER');
  if (!HEADERS.includes(format)) return wrong('Invalid header', `There is no format ${format}.`);
  if (format !== 'TEXT') return null;
  const text = textOf(header.text);
  if (text === '' || text.length > 60)
    return wrong('Invalid header', 'The text of a header has 1 to 60 characters.');
  if (variablesOf(text).length > 1)
    return wrong('Invalid header', 'A header has one variable at most.');
  return variablesProblem(template, text, header);
}

function bodyProblem(template: Template): GraphError | null {
  const body = componentOf(template.components, 'BODY');
  const text = textOf(body.text);
  // The words of a code are Meta's own.
  if (template.category === 'AUTHENTICATION') return null;
  if (text === '' || text.length > 1024)
    return wrong('Invalid body', 'The text of a body has 1 to 1024 characters.');
  if (/^\s*\{\{|\}\}\s*$/.test(text))
    return wrong('Invalid body', 'Variables can’t be at the start or end of the template.');
  return variablesProblem(template, text, body);
}

/** Variables are numbered from 1 or all named, and each has a sample for the review. */
function variablesProblem(
  template: Template,
  text: string,
  component: JsonObject,
): GraphError | null {
  const variables = variablesOf(text);
  const named = template.parameterFormat === 'NAMED';
  const right = named
    ? variables.every((name) => /^[a-z][a-z0-9_]*$/.test(name))
    : [...variables].sort().every((_, index) => variables.includes(String(index + 1)));
  if (!right)
    return wrong(
      'Invalid parameters',
      named ? 'Names have small letters and underscores.' : 'Variables are numbered from {{1}} on.',
    );
  if (variables.length > 0 && !isObject(component.example))
    return wrong('Samples are missing', 'Every variable needs a sample.', NO_SAMPLES);
  return null;
}

function footerProblem(template: Template): GraphError | null {
  const footer = componentOf(template.components, 'FOOTER');
  const text = textOf(footer.text);
  if (text.length > 60) return wrong('Invalid footer', 'A footer has 60 characters at most.');
  return variablesOf(text).length > 0
    ? wrong('Invalid footer', 'A footer has no variables.')
    : null;
}

function buttonsProblem(template: Template): GraphError | null {
  const buttons = buttonsOf(template);
  if (buttons.length > 10) return wrong('Too many buttons', 'A template has 10 buttons at most.');
  const unknown = buttons.find(({ type }) => !BUTTONS.includes(type));
  if (unknown !== undefined)
    return wrong('Invalid button', `There is no button of type ${unknown.type}.`);
  const labelled = buttons.filter(({ type }) => type !== 'COPY_CODE' && type !== 'OTP');
  if (labelled.some(({ text }) => text === '' || text.length > 25))
    return wrong('Invalid button', 'The text of a button has 1 to 25 characters.');
  const links = buttons.filter(({ type }) => type === 'URL');
  return links.some(({ url }) => !/^https?:\/\/[^{}]+(\{\{1\}\})?$/.test(url) || url.length > 2000)
    ? wrong('Invalid button', 'A link begins with http, and may have {{1}} at its end.')
    : null;
}

/** What Meta answers where a name has this language already. */
export const alreadyThere = ({ language }: Template): GraphError =>
  wrong(
    'Content in This Language Already Exists',
    `There is already ${language} content for this template. You can create a new template and try again.`,
    2388024,
  );

/** What Meta answers where no template has the name. */
export const noSuchTemplate = (name: string): GraphError =>
  wrong('Message Template Not Found', `No message template has the name ${name}.`, 2593002);
