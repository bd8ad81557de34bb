import {
  addressUntil,
  conversationPath,
  conversationSchema,
  decideMediaRetry,
  entryPath,
  mediaPath,
  mediaSchema,
  refusal,
  refuses,
  type CallableAnswer,
  type Media,
  type MediaCommand,
  type RefusalCode,
} from '@switchboard/domain';
import { callable } from '../platform/callable.ts';
import { parsed, readable } from '../platform/parsed.ts';
import { findPerson, type Caller } from '../platform/person.ts';
import type { Gather, Ports } from '../ports.ts';
import { addressOf, thumbnailAddressOf } from './address.ts';
import { begin } from './upload.ts';
import { wake } from './wake.ts';

type Answer = CallableAnswer<'media'>;
type Of<T extends MediaCommand['type']> = Extract<MediaCommand, { type: T }>;

/**
 * Addresses of media for whoever may read the conversation, another try at media that was given up, and
 * the beginning of an upload. Media of another conversation than the one asked about is as if it were not there.
 */
export const media = callable(
  'media',
  ({ conversationId, type }) => ({ conversationId, type }),
  (ports, caller, input) => {
    switch (input.type) {
      case 'access':
        return access(ports, caller, input);
      case 'retry':
        return retry(ports, caller, input);
      case 'upload':
        return begin(ports, caller, input);
    }
  },
);

/** Why this person may not; `null` where they may. */
async function refused(
  gather: Gather,
  caller: Caller,
  conversationId: string,
  operation: 'conversation.read' | 'media.retry',
  now: number,
): Promise<RefusalCode | null> {
  const person = await findPerson(gather, caller);
  const [found] = await gather.read([conversationPath(conversationId)]);
  const conversation = parsed(found, conversationSchema);
  return conversation === null ? 'not-found' : refuses(operation, person, conversation, now);
}

async function access(ports: Ports, caller: Caller, input: Of<'access'>): Promise<Answer> {
  const { store, hash, clock } = ports;
  const now = clock.now();
  const { conversationId, entryIds } = input;
  const why = await refused(store, caller, conversationId, 'conversation.read', now);
  if (why !== null) return refusal(why);
  const found = await store.read([...new Set(entryIds)].map(mediaPath));
  const stored = found
    .map((one) => readable(one, mediaSchema))
    .filter((one) => one?.state === 'stored' && one.conversationId === conversationId)
    .filter((one) => one !== null);
  const addressesOf = async (all: readonly Media[], sign: typeof addressOf) =>
    Object.fromEntries(
      await Promise.all(
        all.map(
          async ({ entryId }) =>
            [entryId, await sign(hash, { mediaId: entryId, uid: caller.uid }, now)] as const,
        ),
      ),
    );
  return {
    code: 'ok',
    addresses: await addressesOf(stored, addressOf),
    thumbnails: await addressesOf(
      stored.filter(({ thumbnail }) => thumbnail !== null),
      thumbnailAddressOf,
    ),
    until: addressUntil(now),
  };
}

async function retry(ports: Ports, caller: Caller, input: Of<'retry'>): Promise<Answer> {
  const now = ports.clock.now();
  const { conversationId, entryId } = input;
  const why = await ports.store.guarded(async (gather) => {
    const no = await refused(gather, caller, conversationId, 'media.retry', now);
    if (no !== null) return { writes: [], value: no };
    const [found] = await gather.read([mediaPath(entryId), entryPath(conversationId, entryId)]);
    const task = parsed(found, mediaSchema);
    return task === null || task.conversationId !== conversationId
      ? { writes: [], value: 'not-found' as const }
      : { writes: decideMediaRetry(task, now), value: null };
  });
  if (why !== null) return refusal(why);
  await wake(ports, [entryId]);
  return { code: 'ok', addresses: {}, until: now };
}
