import * as v from 'valibot';
import { timeOrNull } from './common.ts';

/**
 * A button of a template (Meta, "Template components"). `type` is Meta's word, also one that nobody
 * here knows; `url` may end in a variable.
 */
export const templateButtonSchema = v.object({
  type: v.string(),
  text: v.optional(v.string(), ''),
  url: v.optional(v.string()),
  phone: v.optional(v.string()),
});
/** See {@link templateButtonSchema}. */
export type TemplateButton = v.InferOutput<typeof templateButtonSchema>;

/**
 * `templates/{id}`: a message that Meta has approved, by Meta's id of it. Written by the sync alone,
 * for the account (`wabaId`) that it belongs to.
 */
export const templateSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  wabaId: v.string(),
  name: v.string(),
  /** Meta's code, as `pt_BR`. */
  language: v.string(),
  /** Meta's word: only `APPROVED` can be sent. */
  status: v.string(),
  /** Meta's word: `UTILITY`, `MARKETING`, `AUTHENTICATION`. */
  category: v.string(),
  /** How its variables are called: by number or by name (Meta, `parameter_format`). */
  format: v.picklist(['positional', 'named']),
  /** `kind` is Meta's `format`: `TEXT`, `IMAGE`, `VIDEO`, `DOCUMENT`, `LOCATION`. */
  header: v.nullish(v.object({ kind: v.string(), text: v.optional(v.string(), '') }), null),
  body: v.string(),
  footer: v.optional(v.string(), ''),
  buttons: v.optional(v.array(templateButtonSchema), []),
  /** It has parts that nobody here can fill (a carousel, an offer's end). */
  partial: v.optional(v.boolean(), false),
  syncedAt: timeOrNull,
});
/** A template as it is read. Its id is not in it. */
export type Template = v.InferOutput<typeof templateSchema>;
