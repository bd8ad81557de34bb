import {
  agentPath,
  agentSchema,
  conversationPath,
  conversationSchema,
  entryPath,
  personOf,
  refuses,
  type Conversation,
} from '@switchboard/domain';
import * as v from 'valibot';
import { DONE, no, type Act, type ActionResult } from './act.ts';
import { serverNow } from './clock.ts';
import type { SignedIn } from './session.ts';
import { inTime, StoreFailure, type Store } from './store.ts';

/* What became of an act that was refused or not answered. Its code comes when it is first needed. */

/** The conversation as the server has it now; `null` where this person may not read it or it is gone. */
export async function readConversation(store: Store, id: string): Promise<Conversation | null> {
  try {
    const parsed = v.safeParse(
      conversationSchema,
      await inTime(store.readServer(conversationPath(id))),
    );
    return parsed.success ? parsed.output : null;
  } catch (error) {
    if (error instanceof StoreFailure && error.code === 'denied') return null;
    throw error;
  }
}

/** True where the act's entry is there and this person's: it happened, whatever the answer was. */
async function happened(store: Store, act: Act, uid: string): Promise<boolean> {
  const entry = await inTime(store.readServer(entryPath(act.conversationId, act.entryId)));
  const author = entry?.['author'] as { id?: unknown } | undefined;
  return author?.id === uid;
}

/** The person as the server has it now: a refusal may be about them. */
async function readPerson(store: Store, person: SignedIn): Promise<SignedIn> {
  const agent = v.safeParse(agentSchema, await inTime(store.readServer(agentPath(person.uid))));
  if (!agent.success) return person;
  const { uid, role, teams, all } = person;
  const claims = role === null ? null : { r: role, t: [...teams], all };
  return { ...person, ...personOf(uid, claims, agent.output) };
}

/**
 * Why an act did not happen. The rules have no words, so the same table that made them is asked.
 * Only a denial is proof: after any other failure, what nothing explains is `unknown`.
 */
export async function explain(
  store: Store,
  act: Act,
  person: SignedIn,
  denied: boolean,
): Promise<ActionResult> {
  const done = happened(store, act, person.uid);
  // Asked for at the same time: whoever lost waits for one answer, not for two.
  const state = Promise.all([
    readConversation(store, act.conversationId),
    readPerson(store, person),
  ]);
  state.catch(() => undefined);
  if (await (denied ? done.catch(() => false) : done)) return DONE;
  const [conversation, present] = await state;
  if (!present.active) return no('deactivated');
  if (conversation === null) return no('not-permitted');
  const code = refuses(act.operation, present, conversation, serverNow());
  if (code !== null) return no(code, conversation.assignee);
  const moved = conversation.assignment.version !== act.version;
  return no(moved ? 'stale' : denied ? 'not-permitted' : 'unknown', conversation.assignee);
}

/** What came of an act whose answer was lost: its entry alone says. Never rejects. */
export async function settle(store: Store, act: Act, person: SignedIn): Promise<ActionResult> {
  try {
    return (await happened(store, act, person.uid)) ? DONE : no('unknown');
  } catch {
    return no('unknown');
  }
}
