import { asObject, asText, type Json } from '@switchboard/domain';

/** An answer of a form: the field as the form calls it, and what was entered. */
export interface FormAnswer {
  readonly field: string;
  readonly value: string;
}

/** So many answers are shown, and so deep. */
const MOST = 100;
const DEEPEST = 3;

/**
 * The answers of a form (Meta, "Flows", `response_json`), groups opened; `null` where the text holds
 * none. It is whatever the customer's app wrote: shown, and never acted upon. The token that ties an
 * answer to its form is no answer.
 */
export function formAnswers(responseJson: unknown): readonly FormAnswer[] | null {
  const answers = answersIn(formIn(responseJson) ?? {}, DEEPEST).slice(0, MOST);
  return answers.length > 0 ? answers : null;
}

function formIn(text: unknown): Json | undefined {
  try {
    return asObject(JSON.parse(asText(text) ?? ''));
  } catch {
    return undefined;
  }
}

const answersIn = (form: Json, depth: number): readonly FormAnswer[] =>
  Object.entries(form)
    .filter(([field]) => field !== 'flow_token')
    .flatMap(([field, value]) => {
      const group = asObject(value);
      return group && depth > 1
        ? answersIn(group, depth - 1)
        : textsIn(value, depth).map((text) => ({ field, value: text }));
    });

/** A value as one text, lists and groups in one line; none for what was left empty. */
function textsIn(value: unknown, depth: number): readonly string[] {
  const plain = typeof value === 'boolean' ? String(value) : asText(value);
  if (plain !== undefined) return [plain];
  if (typeof value !== 'object' || value === null) return [];
  if (depth === 0) return ['…'];
  const inside = Object.values(value).flatMap((one) => textsIn(one, depth - 1));
  return inside.length === 0 ? [] : [inside.join(', ')];
}
