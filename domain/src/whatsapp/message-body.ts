import * as v from 'valibot';
import type { Template } from '../documents/template.ts';
import { compact, type Json } from '../shared/read.ts';
import {
  REPLY_CONTENT,
  REPLY_TYPES,
  replyProblems,
  type InteractiveReply,
  type ReplyContent,
  type ReplyType,
} from './reply.ts';
import { isSendable, emptyVariable, headerFile, templateComponents } from './template.ts';
import type { OwnFailure } from './own-failures.ts';

/** What a message's body is made of, all of it gathered. */
export interface MessageParts {
  readonly type: string;
  readonly text: string;
  readonly content: unknown;
  /** {@link recipient} of the contact; `null` where nothing leads to them. */
  readonly to: Json | null;
  readonly quotedWamid: string | undefined;
  readonly callback: string;
  /** Meta's id of the uploaded file; `null` where the message has none. */
  readonly mediaId: string | null;
  /** The template that the content names, as it is now; `null` where there is none. */
  readonly template: Template | null;
  /** What stands before a text or a caption, as the author's name; may be empty. Others go without. */
  readonly prefix: string;
}

/** A body of `POST /{phone-number-id}/messages`, or why none can be made. */
export type MessageBody =
  { readonly ok: true; readonly body: Json } | { readonly ok: false; readonly failure: OwnFailure };

const no = (failure: OwnFailure): MessageBody => ({ ok: false, failure });

/** The part of a body that carries the type's name; a string is why there is none. */
type Maker<T extends ReplyType> = (
  content: ReplyContent<T>,
  parts: MessageParts,
) => object | OwnFailure;

const file =
  (caption: boolean) =>
  ({ filename, voice }: ReplyContent<'document'>, parts: MessageParts) =>
    parts.mediaId === null
      ? ('no-media' as const)
      : compact({
          id: parts.mediaId,
          caption: caption && parts.text !== '' ? parts.text : undefined,
          filename: parts.type === 'document' ? filename : undefined,
          voice: parts.type === 'audio' && voice === true ? true : undefined,
        });

const MAKERS: { readonly [T in ReplyType]: Maker<T> } = {
  text: ({ preview }, { text }) => ({ body: text, preview_url: preview ?? true }),
  image: file(true),
  video: file(true),
  document: file(true),
  audio: file(false),
  sticker: file(false),
  location: (place) => compact(place),
  contacts: ({ cards }) => cards.map(contactCard),
  interactive: (content, { text }) => interactive(content, text),
  reaction: ({ emoji }, { quotedWamid }) =>
    quotedWamid === undefined ? 'no-target' : { message_id: quotedWamid, emoji },
  template: ({ values }, { template, mediaId }) => {
    if (template === null || !isSendable(template)) return 'template-unavailable';
    if (emptyVariable(template, values) !== null) return 'bad-content';
    const type = headerFile(template);
    if (type !== null && mediaId === null) return 'no-media';
    return {
      name: template.name,
      language: { code: template.language },
      components: templateComponents(template, values, mediaId === null ? null : { id: mediaId }),
    };
  },
};

/** Meta wants one more part of the name than the whole (Meta, "Contacts messages"). */
const contactCard = ({
  name,
  firstName,
  lastName,
  company,
  phones,
  emails,
}: ReplyContent<'contacts'>['cards'][number]) =>
  compact({
    name: compact({
      formatted_name: name,
      first_name: (firstName?.trim() ?? '') || firstWord(lastName?.trim() ? '' : name),
      last_name: lastName?.trim() || undefined,
    }),
    org: company === undefined ? undefined : { company },
    phones: phones.map(({ phone, type, waId }) => compact({ phone, type, wa_id: waId })),
    emails: emails.map(({ email, type }) => compact({ email, type })),
  });

const firstWord = (name: string): string | undefined => name.trim().split(/\s+/)[0] || undefined;

const headed = (header: string | undefined, footer: string | undefined) => ({
  header: header?.trim() ? { type: 'text', text: header } : undefined,
  footer: footer?.trim() ? { text: footer } : undefined,
});

function interactive(content: InteractiveReply, text: string): object {
  const body = { text };
  switch (content.kind) {
    case 'button':
      return compact({
        type: 'button',
        ...headed(content.header, content.footer),
        body,
        action: { buttons: content.buttons.map((reply) => ({ type: 'reply', reply })) },
      });
    case 'list':
      return compact({
        type: 'list',
        ...headed(content.header, content.footer),
        body,
        action: {
          button: content.button,
          sections: content.sections.map(({ title, rows }) =>
            compact({ title: title?.trim() || undefined, rows: rows.map((row) => compact(row)) }),
          ),
        },
      });
    case 'cta_url':
      return compact({
        type: 'cta_url',
        ...headed(content.header, content.footer),
        body,
        action: {
          name: 'cta_url',
          parameters: { display_text: content.label, url: content.url },
        },
      });
    case 'location_request_message':
      return { type: 'location_request_message', body, action: { name: 'send_location' } };
  }
}

const isReplyType = (type: string): type is ReplyType =>
  (REPLY_TYPES as readonly string[]).includes(type);

/** What says in its words who of the team wrote it, where the number wants that. */
const NAMES_AUTHOR: ReadonlySet<ReplyType> = new Set(['text', 'image', 'video', 'document']);

/** Reactions name their message themselves, and templates quote nothing (Meta, "Contextual replies"). */
const QUOTES_NOTHING: ReadonlySet<ReplyType> = new Set(['reaction', 'template']);

/**
 * Makes the body of a message. What the rules could not look at is judged here once more, so that
 * nothing is sent of which Meta's refusal is known.
 */
export function messageBody(parts: MessageParts): MessageBody {
  const { type, text, prefix, content, to, quotedWamid, callback } = parts;
  if (to === null) return no('no-recipient');
  if (!isReplyType(type)) return no('bad-content');
  const whole = text !== '' && NAMES_AUTHOR.has(type) ? prefix + text : text;
  if (replyProblems({ type, text: whole, content: content ?? {} }).length > 0)
    return no('bad-content');
  const make = MAKERS[type] as Maker<ReplyType>;
  const made = make(v.parse(REPLY_CONTENT[type], content ?? {}), { ...parts, text: whole });
  if (typeof made === 'string') return no(made);
  const quotes = quotedWamid !== undefined && !QUOTES_NOTHING.has(type);
  return {
    ok: true,
    body: compact({
      messaging_product: 'whatsapp',
      ...to,
      type,
      [type]: made,
      context: quotes ? { message_id: quotedWamid } : undefined,
      biz_opaque_callback_data: callback,
    }),
  };
}
