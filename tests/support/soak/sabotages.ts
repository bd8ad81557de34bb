/** What is made wrong on purpose: a harness that does not notice these proves nothing. */
import type { MemoryDatabase, Ports } from '@switchboard/functions/testing';
import { CODE, type Sabotage } from './world.ts';

/** What the database holds just now, so that every update holds whatever it was decided on. */
const unguarded = (database: MemoryDatabase): MemoryDatabase => ({
  ...database,
  commit: (writes) =>
    database.commit(
      writes,
      new Map(writes.map(({ path }) => [path, database.read(path).version] as const)),
    ),
});

/** Creates write over what is there. */
const overwriting = (database: MemoryDatabase): MemoryDatabase => ({
  ...database,
  commit: (writes, seen) =>
    database.commit(
      writes.map((write) => (write.op === 'create' ? { ...write, op: 'merge' as const } : write)),
      seen,
    ),
});

const sendingAgain = (ports: Ports): Ports => ({
  ...ports,
  graph: {
    ...ports.graph,
    async send(channelId, body) {
      const answer = await ports.graph.send(channelId, body);
      return answer.kind === 'lost' ? ports.graph.send(channelId, body) : answer;
    },
  },
});

/** Keeps what came of bytes that broke off. */
const keepingPieces = (ports: Ports): Ports => ({
  ...ports,
  media: {
    ...ports.media,
    put: (id, bytes) => ports.media.put(id, untilBroken(bytes)),
  },
});

async function* untilBroken(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch {
    return;
  }
}

/** By what is wrong with each. */
export const SABOTAGES: Readonly<Record<string, Sabotage>> = {
  'a store that forgets what an update was decided on': { database: unguarded },
  'a store that creates over what is there': { database: overwriting },
  'a dispatcher that sends again on doubt': { ports: sendingAgain },
  'media that is kept in pieces': { ports: keepingPieces },
  'a webhook that answers before it has stored': {
    code: {
      webhook: (ports, tokens, request) => {
        void CODE.webhook(ports, tokens, request);
        return Promise.resolve({ status: 200, body: '' });
      },
    },
  },
  'a sweep that does nothing': { code: { sweep: () => Promise.resolve() } },
};
