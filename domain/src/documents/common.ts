import * as v from 'valibot';

/** Who did something, or who holds a conversation. */
export const actorSchema = v.object({
  kind: v.picklist(['customer', 'agent', 'bot', 'system']),
  id: v.string(),
});
/** An author or a doer. `id` is a uid for `agent`, a contact's id for `customer`. */
export type Actor = v.InferOutput<typeof actorSchema>;

/** A holder: a person, or a bot that holds and releases like one. */
export const assigneeSchema = v.object({ kind: v.picklist(['agent', 'bot']), id: v.string() });
/**
 * Whoever holds a conversation; `id` is a uid where `kind` is `agent`. Nobody is `null`, never an
 * empty id.
 */
export type Assignee = v.InferOutput<typeof assigneeSchema>;

/** The agent as an {@link Actor}. */
export const agentActor = (uid: string): Actor & Assignee => ({ kind: 'agent', id: uid });

/** Whether somebody, or nobody, is this person: a bot or a customer of the same id is not. */
export const isAgent = (one: Actor | null | undefined, uid: string | undefined): boolean =>
  one?.kind === 'agent' && one.id === uid;

/** The program itself as an {@link Actor}. */
export const SYSTEM: Actor = { kind: 'system', id: 'switchboard' };

/** Whoever wrote from a phone with the WhatsApp Business app, which does not say who it was. */
export const PHONE_APP: Actor = { kind: 'system', id: 'phone' };

/** Another service that answers in our place, as Meta Business Agent does (Meta, "Standby webhooks"). */
export const SERVICE: Actor = { kind: 'system', id: 'service' };

/** Milliseconds since 1970, or `null` where there is no such time. */
export const timeOrNull = v.nullish(v.number(), null);
