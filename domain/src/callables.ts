import * as v from 'valibot';
import { alertsAnswerSchema, alertsCommandSchema } from './alerts/command.ts';
import { channelCommandSchema } from './channel/command.ts';
import { commandSchema } from './conversation/command.ts';
import { scheduleCommandSchema } from './conversation/schedule.ts';
import { ledgerCommandSchema } from './journal/ledger-command.ts';
import { ledgerAnswerSchema } from './journal/ledger.ts';
import { mediaCommandSchema } from './media/command.ts';
import { peopleCommandSchema } from './people/command.ts';
import { refusedSchema } from './shared/refused.ts';

/** What the callable `command` answers: the assignment's version after it, or a refusal. */
export const commandAnswerSchema = v.union([
  v.object({ code: v.literal('ok'), version: v.number() }),
  refusedSchema,
]);

/** What the callable `people` answers: the colleague's document and claims are changed, or a refusal. */
export const peopleAnswerSchema = v.union([v.object({ code: v.literal('ok') }), refusedSchema]);

/**
 * What the callable `media` answers. `addresses` by entry id, for this origin, without those whose
 * media is not stored; they work until `until`, epoch ms, and stay the same for some minutes, so that
 * caches know them again.
 */
export const mediaAnswerSchema = v.union([
  v.object({
    code: v.literal('ok'),
    addresses: v.record(v.string(), v.string()),
    /** Of those that have a small picture, where it is; it works as long as the others. */
    thumbnails: v.optional(v.record(v.string(), v.string())),
    until: v.number(),
    /** Of an upload: the first part that is not here yet. */
    next: v.optional(v.number()),
  }),
  refusedSchema,
]);

/** What the callables `channel`, `receipt` and `schedule` answer: done, or a refusal. */
export const doneSchema = v.union([v.object({ code: v.literal('ok') }), refusedSchema]);

/**
 * What the callable `receipt` takes: whoever holds the conversation has opened it, or is writing. May be
 * repeated; while somebody writes it is, since WhatsApp forgets it after 25 s.
 */
export const receiptSchema = v.object({
  conversationId: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/)),
  moment: v.picklist(['opened', 'typing']),
});

/**
 * Every callable by its name: what it takes and what it answers. The functions' exports, hosting's
 * rewrites (`/api/<name>`), the app's wrappers and the tests of the guards are held against this
 * table. The app itself takes single schemas from above, so that it does not carry the others.
 */
export const CALLABLES = {
  command: { input: commandSchema, answer: commandAnswerSchema },
  people: { input: peopleCommandSchema, answer: peopleAnswerSchema },
  media: { input: mediaCommandSchema, answer: mediaAnswerSchema },
  ledger: { input: ledgerCommandSchema, answer: ledgerAnswerSchema },
  alerts: { input: alertsCommandSchema, answer: alertsAnswerSchema },
  channel: { input: channelCommandSchema, answer: doneSchema },
  receipt: { input: receiptSchema, answer: doneSchema },
  schedule: { input: scheduleCommandSchema, answer: doneSchema },
} as const satisfies Record<
  string,
  { readonly input: v.GenericSchema; readonly answer: v.GenericSchema }
>;
/** A name in {@link CALLABLES}. */
export type CallableName = keyof typeof CALLABLES;
/** What a callable takes. */
export type CallableInput<N extends CallableName> = v.InferOutput<(typeof CALLABLES)[N]['input']>;
/** What a callable answers. */
export type CallableAnswer<N extends CallableName> = v.InferOutput<(typeof CALLABLES)[N]['answer']>;
