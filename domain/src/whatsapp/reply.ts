import * as v from 'valibot';
import { CAPTION_LIMIT, TEXT_LIMIT } from './outbound.ts';

/**
 * What a person may send, and its limits. The app judges it before the send, with the reason at the
 * field; the dispatcher judges it again, since the rules can't look inside. A message of a schema is
 * its {@link ProblemKind}.
 */

/** Types of messages that a person may send. */
export const REPLY_TYPES = [
  'text',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contacts',
  'interactive',
  'reaction',
  'template',
] as const;
/** One of the {@link REPLY_TYPES}. */
export type ReplyType = (typeof REPLY_TYPES)[number];

/** Why a field can't be sent as it is. */
export const PROBLEMS = [
  'missing',
  'too-long',
  'too-many',
  'not-unique',
  'not-a-link',
  'out-of-range',
  'wrong',
] as const;
/** One of the {@link PROBLEMS}. */
export type ProblemKind = (typeof PROBLEMS)[number];

/** A field that can't be sent as it is: its path as `buttons.0.title`, and the limit that it exceeds. */
export interface Problem {
  readonly field: string;
  readonly problem: ProblemKind;
  readonly limit: number | null;
}

/** Text of at least one visible character and at most `limit` UTF-16 units. */
const words = (limit: number) =>
  v.pipe(v.string('missing'), v.regex(/\S/, 'missing'), v.maxLength(limit, 'too-long'));
/** The same, or none. */
const maybe = (limit: number) =>
  v.optional(v.pipe(v.string('wrong'), v.maxLength(limit, 'too-long')));

const distinct = <T>(of: (item: T) => string) =>
  v.check<T[], string>(
    (items) => new Set(items.map((item) => of(item).trim())).size === items.length,
    'not-unique',
  );

const coordinate = (limit: number) =>
  v.pipe(
    v.number('missing'),
    v.minValue(-limit, 'out-of-range'),
    v.maxValue(limit, 'out-of-range'),
  );

/** A place (Meta, "Location messages"). Degrees. */
export const locationReplySchema = v.object({
  latitude: coordinate(90),
  longitude: coordinate(180),
  name: maybe(1000),
  address: maybe(1000),
});

/**
 * Contact cards (Meta, "Contacts messages": at most 257); the shape in which received ones are read, with
 * the parts of the name where they are known.
 */
export const contactsReplySchema = v.object({
  cards: v.pipe(
    v.array(
      v.object({
        name: words(256),
        firstName: maybe(256),
        lastName: maybe(256),
        company: maybe(256),
        phones: v.optional(
          v.pipe(
            v.array(v.object({ phone: words(64), type: maybe(32), waId: maybe(20) })),
            v.maxLength(20, 'too-many'),
          ),
          [],
        ),
        emails: v.optional(
          v.pipe(
            v.array(v.object({ email: words(256), type: maybe(32) })),
            v.maxLength(20, 'too-many'),
          ),
          [],
        ),
      }),
      'missing',
    ),
    v.minLength(1, 'missing'),
    v.maxLength(257, 'too-many'),
  ),
});

const link = v.pipe(
  v.string('missing'),
  v.regex(/\S/, 'missing'),
  v.regex(/^https?:\/\/[^\s/?#]+\.[^\s]+$/i, 'not-a-link'),
  v.maxLength(2000, 'too-long'),
);

const around = { header: maybe(60), footer: maybe(60) };

/** Choices and links (Meta, "Interactive messages"); the words above them are the message's text. */
export const interactiveReplySchema = v.variant('kind', [
  v.object({
    kind: v.literal('button'),
    ...around,
    buttons: v.pipe(
      v.array(v.object({ id: words(256), title: words(20) }), 'missing'),
      v.minLength(1, 'missing'),
      v.maxLength(3, 'too-many'),
      distinct(({ title }) => title),
      distinct(({ id }) => id),
    ),
  }),
  v.object({
    kind: v.literal('list'),
    ...around,
    button: words(20),
    sections: v.pipe(
      v.array(
        v.object({
          title: maybe(24),
          rows: v.pipe(
            v.array(
              v.object({ id: words(200), title: words(24), description: maybe(72) }),
              'missing',
            ),
            v.minLength(1, 'missing'),
          ),
        }),
        'missing',
      ),
      v.minLength(1, 'missing'),
      v.maxLength(10, 'too-many'),
      v.check((sections) => sections.flatMap(({ rows }) => rows).length <= 10, 'too-many'),
      v.check(
        (sections) => sections.length === 1 || sections.every(({ title }) => title?.trim()),
        'missing',
      ),
      v.check((sections) => {
        const ids = sections.flatMap(({ rows }) => rows.map(({ id }) => id));
        return new Set(ids).size === ids.length;
      }, 'not-unique'),
    ),
  }),
  v.object({ kind: v.literal('cta_url'), ...around, label: words(20), url: link }),
  v.object({ kind: v.literal('location_request_message') }),
]);
/** See {@link interactiveReplySchema}. */
export type InteractiveReply = v.InferOutput<typeof interactiveReplySchema>;

/**
 * A reaction to the message that the context names; no emoji takes it back (Meta, "Reaction
 * messages"). `wamid` is for readers: what is sent is asked of the entry.
 */
export const reactionReplySchema = v.object({
  emoji: v.pipe(v.string('missing'), v.maxLength(40, 'too-long')),
  wamid: v.optional(v.string()),
});

const values = v.optional(
  v.pipe(
    v.array(v.pipe(v.string('missing'), v.maxLength(1024, 'too-long'))),
    v.maxLength(60, 'too-many'),
  ),
  [],
);

/** A template and what fills it. `templateId` is Meta's id of the template in its language. */
export const templateReplySchema = v.object({
  templateId: v.pipe(v.string('missing'), v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'wrong')),
  values: v.object({ header: values, body: values, buttons: values }),
});

/** A file's name and whether a sound is a voice note. */
const fileReplySchema = v.object({
  filename: maybe(240),
  voice: v.optional(v.boolean()),
});

/** A text may forbid the preview of its first link. */
const textReplySchema = v.object({ preview: v.optional(v.boolean()) });

/** The content of each type. */
export const REPLY_CONTENT = {
  text: textReplySchema,
  image: fileReplySchema,
  video: fileReplySchema,
  audio: fileReplySchema,
  document: fileReplySchema,
  sticker: fileReplySchema,
  location: locationReplySchema,
  contacts: contactsReplySchema,
  interactive: interactiveReplySchema,
  reaction: reactionReplySchema,
  template: templateReplySchema,
} as const satisfies Record<ReplyType, v.GenericSchema>;
/** The content of a reply by its type. */
export type ReplyContent<T extends ReplyType> = v.InferOutput<(typeof REPLY_CONTENT)[T]>;

/** What a type's text may be: needed, allowed, or nothing; and its longest. */
const TEXT_OF: Readonly<Record<ReplyType, { readonly most: number; readonly needed: boolean }>> = {
  text: { most: TEXT_LIMIT, needed: true },
  image: { most: CAPTION_LIMIT, needed: false },
  video: { most: CAPTION_LIMIT, needed: false },
  document: { most: CAPTION_LIMIT, needed: false },
  audio: { most: 0, needed: false },
  sticker: { most: 0, needed: false },
  location: { most: 0, needed: false },
  contacts: { most: 0, needed: false },
  interactive: { most: 1024, needed: true },
  reaction: { most: 0, needed: false },
  // Written anew from the template itself.
  template: { most: TEXT_LIMIT, needed: false },
};

/** Longest text of a reply, UTF-16 units: a list's words may be as long as a text's. */
export const replyTextLimit = (type: ReplyType, content?: unknown): number =>
  type === 'interactive' && (content as { kind?: unknown } | undefined)?.kind === 'list'
    ? TEXT_LIMIT
    : TEXT_OF[type].most;

/** A reply as it is judged. `text` counts with what is put before it when it leaves. */
export interface JudgedReply {
  readonly type: ReplyType;
  readonly text?: string | undefined;
  readonly content?: unknown;
}

const limitOf = (requirement: unknown): number | null =>
  typeof requirement === 'number' ? requirement : null;

const asProblem = (message: string): ProblemKind =>
  (PROBLEMS as readonly string[]).includes(message) ? (message as ProblemKind) : 'wrong';

/** Everything that WhatsApp would refuse in a reply, field by field; empty where it can leave. */
export function replyProblems({ type, text = '', content = {} }: JudgedReply): readonly Problem[] {
  const most = replyTextLimit(type, content);
  const parsed = v.safeParse(REPLY_CONTENT[type], content);
  return [
    ...(TEXT_OF[type].needed && !/\S/.test(text)
      ? [{ field: 'text', problem: 'missing' as const, limit: null }]
      : []),
    ...(text.length > most ? [{ field: 'text', problem: 'too-long' as const, limit: most }] : []),
    ...(parsed.issues ?? []).map((issue) => ({
      field: v.getDotPath(issue) ?? '',
      // A field that is not there at all has no message of its own.
      problem: issue.received === 'undefined' ? ('missing' as const) : asProblem(issue.message),
      limit: limitOf(issue.requirement),
    })),
  ];
}
