import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { CORRECTIONS, type Correction, type Schemas } from './corrections.ts';

/**
 * Meta's own description of the API lies outside the repository, where `SWITCHBOARD_OPENAPI` points or
 * in a folder beside it; it is read there and never copied into it.
 */
export const OPENAPI = resolve(
  process.env['SWITCHBOARD_OPENAPI'] ??
    resolve(import.meta.dirname, '../../../shared/whatsapp/business-messaging-api_v23.0.yaml'),
);
export const OPENAPI_IS_HERE = existsSync(OPENAPI);

interface Document {
  readonly components: { readonly schemas: Schemas };
  readonly paths: Record<string, Record<string, { responses: Record<string, Answer> }>>;
}
interface Answer {
  readonly content?: { readonly 'application/json'?: { readonly schema: unknown } };
}

/** Answers whose schema stands at their path, with the name that samples call it by. */
const ANSWERS: Readonly<Record<string, readonly [path: string, method: string]>> = {
  'media uploaded': ['/{Version}/{Phone-Number-ID}/media', 'post'],
  'media found': ['/{Version}/{Media-ID}', 'get'],
  'media deleted': ['/{Version}/{Media-ID}', 'delete'],
  'templates listed': ['/{Version}/{WABA-ID}/message_templates', 'get'],
  'template made': ['/{Version}/{WABA-ID}/message_templates', 'post'],
  'template deleted': ['/{Version}/{WABA-ID}/message_templates', 'delete'],
};

/** Judges a value by a schema of the description: what is wrong with it, empty where nothing is. */
export type Judge = (schema: string, value: unknown) => readonly string[];

const TEXT = OPENAPI_IS_HERE ? readFileSync(OPENAPI, 'utf8') : '';
const parsed: Document | null = OPENAPI_IS_HERE ? (parse(TEXT) as Document) : null;

/** Reads the description with these corrections; compiles a schema when it is first asked for. */
export function judgeBy(corrections: readonly Correction[] = CORRECTIONS): Judge {
  if (parsed === null) throw new Error(`There is no file at ${OPENAPI}.`);
  const { components, paths } = structuredClone(parsed);
  const schemas = components.schemas;
  for (const [name, [path, method]] of Object.entries(ANSWERS)) {
    const schema = paths[path]?.[method]?.responses['200']?.content?.['application/json']?.schema;
    if (schema !== undefined) schemas[name] = schema;
  }
  for (const { apply } of corrections) apply(schemas);
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: false });
  ajv.addSchema({ $id: 'meta', components: { schemas } });
  const compiled = new Map<string, ValidateFunction>();
  return (schema, value) => {
    const pointer = encodeURIComponent(schema);
    const validate =
      compiled.get(schema) ?? ajv.compile({ $ref: `meta#/components/schemas/${pointer}` });
    compiled.set(schema, validate);
    return validate(value)
      ? []
      : (validate.errors ?? []).map(
          ({ instancePath, message, params }) =>
            `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
        );
  };
}
