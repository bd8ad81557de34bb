import { listLocal, readLocal, removeLocal, writeLocal } from './local.ts';
import { currentPerson, onSessionEnd } from './session.ts';

/** What a device that keeps nothing knows of what was begun. */
const remembered = new Map<string, unknown>();
onSessionEnd(() => remembered.clear());

const prefixOf = (conversationId: string): string =>
  `begun/${currentPerson()?.uid ?? ''}/${conversationId}/`;
const keyOf = (conversationId: string, kind: string): string => prefixOf(conversationId) + kind;

/**
 * What a person began to write in a conversation beside text: a place, a card, choices. It stays on this
 * device until it is sent or thrown away, at most as long as the session; `undefined` where nothing was
 * begun. Whoever reads it parses it.
 */
export const readBegun = async (conversationId: string, kind: string): Promise<unknown> => {
  const key = keyOf(conversationId, kind);
  return (await readLocal(key)) ?? remembered.get(key);
};

/** Keeps what was begun. */
export async function keepBegun(
  conversationId: string,
  kind: string,
  value: unknown,
): Promise<void> {
  const key = keyOf(conversationId, kind);
  remembered.set(key, value);
  await writeLocal(key, value);
}

/** It was sent or thrown away. */
export async function dropBegun(conversationId: string, kind: string): Promise<void> {
  const key = keyOf(conversationId, kind);
  remembered.delete(key);
  await removeLocal(key);
}

/** The kinds of what was begun in a conversation. */
export async function begunKinds(conversationId: string): Promise<ReadonlySet<string>> {
  const prefix = prefixOf(conversationId);
  const kept = await listLocal(prefix);
  const known = [...remembered.keys()].filter((key) => key.startsWith(prefix));
  return new Set([...kept.map(([key]) => key), ...known].map((key) => key.slice(prefix.length)));
}
