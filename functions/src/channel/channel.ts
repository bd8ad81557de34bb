import {
  channelPath,
  channelSchema,
  decideChannel,
  refusal,
  refusesChannel,
  type CallableAnswer,
  type RefusalCode,
} from '@switchboard/domain';
import { callable } from '../platform/callable.ts';
import { parsed } from '../platform/parsed.ts';
import { findPerson } from '../platform/person.ts';
import { syncAccount } from '../templates/sync.ts';

/** How a number behaves toward customers, and its templates brought from Meta at once. */
export const channel = callable(
  'channel',
  ({ channelId, type }) => ({ channelId, type }),
  async (ports, caller, input): Promise<CallableAnswer<'channel'>> => {
    const wabaId = await ports.store.guarded<{ readonly why: RefusalCode } | string>(
      async (gather) => {
        const why = refusesChannel(await findPerson(gather, caller), input.type);
        if (why !== null) return { writes: [], value: { why } };
        const [found] = await gather.read([channelPath(input.channelId)]);
        const known = parsed(found, channelSchema);
        if (known === null) return { writes: [], value: { why: 'not-found' } };
        const writes = input.type === 'set' ? decideChannel(input, known) : [];
        return { writes, value: known.wabaId };
      },
    );
    if (typeof wabaId !== 'string') return refusal(wabaId.why);
    if (input.type === 'set') return { code: 'ok' };
    const complete = await syncAccount(ports, wabaId, [input.channelId]);
    // Meta did not answer: nothing of ours is wrong, and the same again may help.
    return complete ? { code: 'ok' } : refusal('internal');
  },
);
