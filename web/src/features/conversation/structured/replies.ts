import {
  replyProblems,
  type InteractiveReply,
  type Problem,
  type ReplyContent,
} from '@switchboard/domain';
import type { Form, FormKind } from './forms.ts';
import { degrees } from './place-text.ts';

/** A message as a sheet makes it. */
export type Structured =
  | { readonly type: 'location'; readonly content: Partial<ReplyContent<'location'>> }
  | { readonly type: 'contacts'; readonly content: ReplyContent<'contacts'> }
  | {
      readonly type: 'interactive';
      readonly text: string;
      readonly content: InteractiveReply;
    };

/** A member where something was typed, else none: a message says nothing of what it lacks. */
const where = <N extends string>(name: N, typed: string): { readonly [K in N]?: string } =>
  typed.trim() === '' ? {} : ({ [name]: typed.trim() } as { readonly [K in N]?: string });

const point = (name: 'latitude' | 'longitude', typed: string) => {
  const value = degrees(typed);
  return value === null ? {} : { [name]: value };
};

const around = ({ header, footer }: { readonly header: string; readonly footer: string }) => ({
  ...where('header', header),
  ...where('footer', footer),
});

/** An id by its place: the answer names the message, and in it the id. */
const placeId = (index: number): string => String(index + 1);

const card = ({ firstName, lastName, company, phones, emails }: Form<'card'>) => ({
  name: [firstName.trim(), lastName.trim()].filter(Boolean).join(' ') || company.trim(),
  ...where('firstName', firstName),
  ...where('lastName', lastName),
  ...where('company', company),
  phones: phones.filter(({ phone }) => phone.trim() !== '').map(phoneOf),
  emails: emails
    .filter(({ email }) => email.trim() !== '')
    .map(({ email, type }) => ({ email: email.trim(), ...where('type', type) })),
});

/** A number as WhatsApp may know it: with its country. */
export const isWhole = (phone: string): boolean => /^\s*\+[\d\s().-]*\d/.test(phone);

/** With WhatsApp's id the customer can write to it; without, they are asked to invite (Meta, "Contacts messages"). */
const phoneOf = ({ phone, type, onWhatsApp }: Form<'card'>['phones'][number]) => ({
  phone: phone.trim(),
  ...where('type', type),
  ...(onWhatsApp && isWhole(phone) ? { waId: phone.replace(/\D/g, '') } : {}),
});

const list = ({ sections, button, ...rest }: Form<'list'>): InteractiveReply => {
  let rows = 0;
  return {
    kind: 'list',
    ...around(rest),
    button: button.trim(),
    sections: sections.map((section) => ({
      ...where('title', section.title),
      rows: section.rows.map(({ title, description }) => ({
        id: placeId(rows++),
        title: title.trim(),
        ...where('description', description),
      })),
    })),
  };
};

const MAKERS: { readonly [K in FormKind]: (form: Form<K>) => Structured } = {
  place: ({ name, address, latitude, longitude }) => ({
    type: 'location',
    content: {
      ...point('latitude', latitude),
      ...point('longitude', longitude),
      ...where('name', name),
      ...where('address', address),
    },
  }),
  card: (form) => ({ type: 'contacts', content: { cards: [card(form)] } }),
  buttons: ({ titles, body, ...rest }) => ({
    type: 'interactive',
    text: body.trim(),
    content: {
      kind: 'button',
      ...around(rest),
      buttons: titles.map((title, at) => ({ id: placeId(at), title: title.trim() })),
    },
  }),
  list: (form) => ({ type: 'interactive', text: form.body.trim(), content: list(form) }),
  link: ({ body, label, url, ...rest }) => ({
    type: 'interactive',
    text: body.trim(),
    content: { kind: 'cta_url', ...around(rest), label: label.trim(), url: url.trim() },
  }),
  askPlace: ({ body }) => ({
    type: 'interactive',
    text: body.trim(),
    content: { kind: 'location_request_message' },
  }),
};

/** The message that a sheet makes, as far as it is filled in. */
export const replyOf = <K extends FormKind>(kind: K, form: Form<K>): Structured =>
  MAKERS[kind](form);

/** A coordinate that is there and can't be read is wrong, not missing. */
const misread = (form: Form<'place'>, { field }: Problem): boolean =>
  (field === 'latitude' || field === 'longitude') && form[field].trim() !== '';

/** Of several sections each needs a title: the problem stands where there is none. */
const untitled = ({ sections }: Form<'list'>): readonly Problem[] =>
  sections.flatMap(({ title }, at) =>
    title.trim() === ''
      ? [{ field: `sections.${at}.title`, problem: 'missing' as const, limit: null }]
      : [],
  );

/**
 * Why a sheet can't be sent as it is, field by field, by the names of the message's fields; the domain
 * judges, as the server will.
 */
export function problemsOf<K extends FormKind>(kind: K, form: Form<K>): readonly Problem[] {
  return replyProblems(replyOf(kind, form)).flatMap((found): readonly Problem[] => {
    if (kind === 'place' && misread(form as Form<'place'>, found))
      return [{ ...found, problem: found.problem === 'missing' ? 'wrong' : found.problem }];
    if (kind === 'list' && found.field === 'sections' && found.problem === 'missing')
      return untitled(form as Form<'list'>);
    return [found];
  });
}

/** True where the form may have one line more: the domain knows how many there may be. */
export const hasRoom = <K extends FormKind>(kind: K, longer: Form<K>): boolean =>
  problemsOf(kind, longer).every(({ problem }) => problem !== 'too-many');
