import * as v from 'valibot';

const text = v.optional(v.string(), '');
/** Above and below the words. */
const around = { header: text, body: text, footer: text };

/** A line of a list. */
const rowSchema = v.object({ title: text, description: text });
const sectionSchema = v.object({
  title: text,
  rows: v.optional(v.array(rowSchema), () => [v.parse(rowSchema, {})]),
});
const phoneSchema = v.object({
  phone: text,
  /** As a phone book has it: `CELL`, `WORK`. */
  type: text,
  /** The number is known to WhatsApp, so that the customer can write to it. */
  onWhatsApp: v.optional(v.boolean(), false),
});
const emailSchema = v.object({ email: text, type: text });

/**
 * What a person types into the sheet of each kind, as they typed it; nothing typed is the default. What
 * is kept of it on a device is read by the same schemas.
 */
export const FORMS = {
  place: v.object({ name: text, address: text, latitude: text, longitude: text }),
  card: v.object({
    firstName: text,
    lastName: text,
    company: text,
    phones: v.optional(v.array(phoneSchema), () => [v.parse(phoneSchema, {})]),
    emails: v.optional(v.array(emailSchema), () => [v.parse(emailSchema, {})]),
  }),
  buttons: v.object({ ...around, titles: v.optional(v.array(text), () => ['']) }),
  list: v.object({
    ...around,
    button: text,
    sections: v.optional(v.array(sectionSchema), () => [v.parse(sectionSchema, {})]),
  }),
  link: v.object({ ...around, label: text, url: text }),
  askPlace: v.object({ body: text }),
} as const;
/** What can be written beside words: each has a sheet. */
export type FormKind = keyof typeof FORMS;
/** What was typed into the sheet of a kind. */
export type Form<K extends FormKind = FormKind> = v.InferOutput<(typeof FORMS)[K]>;

/** A sheet with nothing typed. */
export const emptyForm = <K extends FormKind>(kind: K): Form<K> => v.parse(FORMS[kind], {});

/** What is kept of a sheet; an empty one where that is none. */
export function readForm<K extends FormKind>(kind: K, kept: unknown): Form<K> {
  const parsed = v.safeParse(FORMS[kind], kept);
  return parsed.success ? parsed.output : emptyForm(kind);
}

/** True where nothing was typed yet. */
export const isEmptyForm = (kind: FormKind, form: Form): boolean =>
  JSON.stringify(form) === JSON.stringify(emptyForm(kind));

/** Another telephone number of a card, still empty. */
export const newPhone = (): v.InferOutput<typeof phoneSchema> => v.parse(phoneSchema, {});
/** Another e-mail address of a card, still empty. */
export const newEmail = (): v.InferOutput<typeof emailSchema> => v.parse(emailSchema, {});
/** Another choice of a list, still empty. */
export const newRow = (): v.InferOutput<typeof rowSchema> => v.parse(rowSchema, {});
/** Another group of choices, with one still empty. */
export const newSection = (): v.InferOutput<typeof sectionSchema> => v.parse(sectionSchema, {});
