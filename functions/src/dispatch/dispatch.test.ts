import {
  channelPath,
  contactPath,
  conversationPath,
  create,
  dispatchPath,
  entryPath,
  FREE_LOCK,
  identifiersPath,
  update,
  type Conversation,
  type GraphAnswer,
  type Json,
} from '@switchboard/domain';
import { aChannel, aConversation, anOutbound, NOW } from '@switchboard/domain/testing';
import { describe, expect, it } from 'vitest';
import { nodeHash } from '../adapters/hash.ts';
import type { Pace, Ports } from '../ports.ts';
import { memoryDatabase } from '../seeding/memory-database.ts';
import { storeOver, type Carry } from '../seeding/memory-store.ts';
import { sweep } from '../sweep/sweep.ts';
import { dispatch } from './dispatch.ts';

const NUMBER = '100000000000001';
const OTHER_NUMBER = '100000000000002';
const MINUTE = 60_000;

const away = (): Error => Object.assign(new Error('Unavailable'), { code: 14 });
const nothing = () => Promise.resolve();

/** What a test makes of the world around the dispatcher. */
interface Around {
  readonly carry?: Carry;
  readonly pass?: Pace['pass'];
  readonly answer?: (nth: number) => GraphAnswer;
  readonly waits?: (ms: number) => void;
}

/** Conversations that Jonas holds, over documents in memory, and what the Graph API was sent. */
function anOffice(around: Around = {}) {
  const database = memoryDatabase();
  const sent: Json[] = [];
  let now = NOW;
  const wait = (ms: number): Promise<void> => {
    now += ms;
    around.waits?.(ms);
    return Promise.resolve();
  };
  const secrets = { get: () => Promise.resolve(['secret']) };
  const clock = { now: () => now, newId: () => crypto.randomUUID().slice(0, 20), wait };
  const ports = {
    store: storeOver(database, around.carry ?? (async (_, work) => work()), { wait }, () => 0),
    pace: { pass: around.pass ?? nothing },
    graph: {
      send: (_: string, body: Json) => {
        sent.push(body);
        const wamid = `wamid.${sent.length}`;
        return Promise.resolve(around.answer?.(sent.length) ?? { kind: 'accepted', wamid });
      },
      markRead: () => Promise.resolve(false),
      check: () => Promise.resolve('refused'),
      templates: () => Promise.resolve(null),
    },
    secrets,
    hash: nodeHash(secrets),
    tasks: { drain: nothing, bringMedia: nothing, sweep: nothing },
    clock,
    log: { info: () => undefined, error: () => undefined },
  } as unknown as Ports;
  const write = (...writes: Parameters<typeof database.commit>[0]) => {
    const seen = new Map(writes.map(({ path }) => [path, database.read(path).version]));
    if (!database.commit(writes, seen)) throw new Error('It is there already');
  };
  write(create(channelPath(NUMBER), { ...aChannel() }));
  return {
    ports,
    sent,
    write,
    move: (ms: number) => void (now += ms),
    /** A conversation with replies of Jonas' that are queued. */
    open(id: string, replies: number, channelId = NUMBER, over: Partial<Conversation> = {}) {
      const assignee = { kind: 'agent', id: 'jonas' } as const;
      const windowExpiresAt = NOW + 600 * MINUTE;
      const held = { channelId, assignee, windowExpiresAt, contactId: id, ...over };
      write(
        create(conversationPath(id), { ...aConversation(held) }),
        create(contactPath(id), { name: 'Marta' }),
        create(identifiersPath(id), { identifiers: [{ kind: 'phone', value: '15550123456' }] }),
        ...Array.from({ length: replies }, (_, nth) =>
          create(entryPath(id, `r${nth}`), {
            ...anOutbound({ fence: aConversation().assignment.version, at: NOW + nth }),
          }),
        ),
      );
    },
    states: (id: string) =>
      database
        .query({ collection: `conversations/${id}/timeline`, where: [], limit: Infinity })
        .map(({ data }) => data?.['state']),
  };
}

describe('a reply of which Meta was not asked stays queued, and leaves with the next wake-up', () => {
  it('where the number’s turn can’t be had', async () => {
    let tries = 0;
    const office = anOffice({
      pass: () => ((tries += 1) === 1 ? Promise.reject(away()) : Promise.resolve()),
    });
    office.open('c1', 1);
    await expect(dispatch(office.ports, 'c1')).rejects.toThrow('Unavailable');
    expect(office.states('c1')).toEqual(['queued']);
    office.move(2 * MINUTE);
    await dispatch(office.ports, 'c1');
    expect(office.states('c1')).toEqual(['accepted']);
    expect(office.sent).toHaveLength(1);
  });

  it('whatever of its reads fails', async () => {
    for (let failing = 1; failing <= 3; failing += 1) {
      let reads = 0;
      const carry: Carry = async (asked, work) => {
        if (asked === 'read' && (reads += 1) === failing + 1) throw away();
        return work();
      };
      const office = anOffice({ carry });
      office.open('c1', 1);
      await expect(dispatch(office.ports, 'c1')).rejects.toThrow('Unavailable');
      expect(office.states('c1')).toEqual(['queued']);
      expect(office.sent).toEqual([]);
    }
  });

  it('where its mark was made and nobody heard of it', async () => {
    let marks = 0;
    const carry: Carry = async (asked, work, paths) => {
      const done = work();
      const isMark = asked === 'commit' && paths.includes(entryPath('c1', 'r0'));
      if (isMark && (marks += 1) === 1) throw away();
      return done;
    };
    const office = anOffice({ carry });
    office.open('c1', 1);
    await expect(dispatch(office.ports, 'c1')).rejects.toThrow('Unavailable');
    expect(office.states('c1')).toEqual(['queued']);
    expect(office.sent).toEqual([]);
  });

  it('between two tries of a send that Meta did not take', async () => {
    const during: unknown[] = [];
    const office = anOffice({
      answer: (nth) => (nth === 1 ? { kind: 'unreachable' } : { kind: 'accepted', wamid: 'w' }),
      waits: (ms) => {
        if (ms >= 4_000) during.push(...office.states('c1'));
      },
    });
    office.open('c1', 1);
    await dispatch(office.ports, 'c1');
    expect(during).toEqual(['queued']);
    expect(office.states('c1')).toEqual(['accepted']);
    expect(office.sent).toHaveLength(2);
  });
});

describe('a mark that meets itself', () => {
  it('is its own: the reply leaves once', async () => {
    let marks = 0;
    const carry: Carry = async (asked, work, paths) => {
      const done = work();
      const isMark = asked === 'commit' && paths.includes(entryPath('c1', 'r0'));
      return isMark && (marks += 1) === 1 ? (false as typeof done) : done;
    };
    const office = anOffice({ carry });
    office.open('c1', 1);
    await dispatch(office.ports, 'c1');
    expect(office.states('c1')).toEqual(['accepted']);
    expect(office.sent).toHaveLength(1);
  });
});

describe('a sweep', () => {
  it('finds what is queued behind a thousand replies of a number that is not connected', async () => {
    const office = anOffice();
    office.write(create(channelPath(OTHER_NUMBER), { ...aChannel({ health: 'reconnect' }) }));
    office.open('held', 1_000, OTHER_NUMBER);
    office.open('c1', 0);
    const fence = aConversation().assignment.version;
    const at = NOW + 2_000;
    office.write(create(entryPath('c1', 'late'), { ...anOutbound({ fence, at }) }));
    office.move(5 * MINUTE);
    await sweep(office.ports);
    expect(office.states('c1')).toEqual(['accepted']);
    expect(new Set(office.states('held'))).toEqual(new Set(['queued']));
    expect(office.sent).toHaveLength(1);
  });

  it('waits for no person’s limit: it sends what may leave now, and comes back for the rest', async () => {
    const waits: number[] = [];
    const office = anOffice({ waits: (ms) => void waits.push(ms) });
    for (let nth = 0; nth < 20; nth += 1) office.open(`busy${nth}`, 60);
    office.open('c1', 1, NUMBER);
    office.move(5 * MINUTE);
    await sweep(office.ports);
    expect(waits).toEqual([]);
    expect(office.states('c1')).toEqual(['accepted']);
    const left = () => office.states('busy7').filter((state) => state === 'queued').length;
    expect(left()).toBe(15);
    // One in six seconds: what a minute allows.
    office.move(MINUTE);
    await sweep(office.ports);
    expect(left()).toBe(5);
  });

  it('leaves a lock that somebody has to them', async () => {
    const office = anOffice();
    office.open('c1', 1);
    office.write(create(dispatchPath('c1'), { ...FREE_LOCK, owner: 'w', leaseUntil: NOW + 1e9 }));
    office.move(5 * MINUTE);
    await sweep(office.ports);
    expect(office.states('c1')).toEqual(['queued']);
    office.write(update(dispatchPath('c1'), { owner: null }));
    await sweep(office.ports);
    expect(office.states('c1')).toEqual(['accepted']);
  });
});
