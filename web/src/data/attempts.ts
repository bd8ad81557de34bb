import * as v from 'valibot';
import { newEntryId } from './actions.ts';
import { removeLocal, updateLocal } from './local.ts';
import { currentPerson, onSessionEnd } from './session.ts';

/**
 * A text on its way. Its id stays while nobody knows whether it arrived, also across a reload, and is
 * the same in every tab.
 */
const attemptSchema = v.object({ id: v.string(), text: v.string() });
type Attempt = v.InferOutput<typeof attemptSchema>;

/** What a device that keeps nothing knows of its attempts. */
const remembered = new Map<string, Attempt>();
onSessionEnd(() => remembered.clear());

const keyOf = (conversationId: string, purpose: string): string =>
  `attempt/${currentPerson()?.uid ?? ''}/${conversationId}/${purpose}`;

/** The attempt that is open for this text, or a new one. */
function continued(kept: unknown, text: string): Attempt {
  const open = v.safeParse(attemptSchema, kept);
  return open.success && open.output.text === text ? open.output : { id: newEntryId(), text };
}

/**
 * The id under which a text is written: the same for the same text until its attempt is closed, so
 * that a message whose answer was lost, or that is sent from two tabs at once, can't become two.
 * `purpose` tells apart the attempts of a thread.
 */
export async function openAttempt(
  conversationId: string,
  purpose: string,
  text: string,
): Promise<string> {
  const key = keyOf(conversationId, purpose);
  const kept = await updateLocal(key, (open) => continued(open, text));
  const attempt = kept ?? continued(remembered.get(key), text);
  remembered.set(key, attempt);
  return attempt.id;
}

/** The outcome is known: the same text from now on is another message. */
export async function closeAttempt(conversationId: string, purpose: string): Promise<void> {
  const key = keyOf(conversationId, purpose);
  remembered.delete(key);
  await removeLocal(key);
}
