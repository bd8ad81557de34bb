import * as v from 'valibot';
import { newEntryId } from './actions.ts';
import { readLocal, removeLocal, writeLocal } from './local.ts';
import { currentPerson, onSessionEnd } from './session.ts';

/** A text on its way. Its id stays while nobody knows whether it arrived, also across a reload. */
const attemptSchema = v.object({ id: v.string(), text: v.string() });
type Attempt = v.InferOutput<typeof attemptSchema>;

const known = new Map<string, Attempt>();
onSessionEnd(() => known.clear());

const keyOf = (conversationId: string, purpose: string): string =>
  `attempt/${currentPerson()?.uid ?? ''}/${conversationId}/${purpose}`;

async function find(key: string): Promise<Attempt | undefined> {
  const kept = v.safeParse(attemptSchema, await readLocal(key));
  return kept.success ? kept.output : undefined;
}

/**
 * The id under which a text is written: the same for the same text until its attempt is closed, so
 * that a message whose answer was lost can't become two. `purpose` tells apart the attempts of a thread.
 */
export async function openAttempt(
  conversationId: string,
  purpose: string,
  text: string,
): Promise<string> {
  const key = keyOf(conversationId, purpose);
  const open = known.get(key) ?? (await find(key));
  const attempt = open?.text === text ? open : { id: newEntryId(), text };
  known.set(key, attempt);
  await writeLocal(key, attempt);
  return attempt.id;
}

/** The outcome is known: the same text from now on is another message. */
export async function closeAttempt(conversationId: string, purpose: string): Promise<void> {
  const key = keyOf(conversationId, purpose);
  known.delete(key);
  await removeLocal(key);
}
