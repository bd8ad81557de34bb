import { personOf, type Conversation } from '@switchboard/domain';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { compareRows, cursorOf } from '../../web/src/data/pages.ts';
import {
  countQueries,
  listQueries,
  LISTS,
  orderOf,
  SECTIONS,
  type QuerySpec,
} from '../../web/src/data/queries.ts';
import type { StoredRow } from '../../web/src/data/store.ts';
import { openOffice, type Desk, type Office } from '../support/data/office.ts';

let office: Office;

const TEAMS = Array.from({ length: 20 }, (_, index) => (index === 0 ? 'support' : `team${index}`));

const CONVERSATIONS: Readonly<Record<string, Partial<Conversation>>> = {
  mine: { teamId: 'team3', assignee: { kind: 'agent', id: 'ana' }, waitingSince: 3_000 },
  free: { waitingSince: 1_000 },
  'free-2': { waitingSince: 1_000 },
  reopened: { waitingSince: null, assignee: { kind: 'agent', id: 'jonas' } },
  asked: { teamId: 'billing', guests: ['ana'], waitingSince: 2_000 },
  hidden: { teamId: 'billing', waitingSince: 500 },
  waiting: { status: 'pending', waitingSince: null, lastEntryAt: 9_000 },
  done: { status: 'resolved', active: false, waitingSince: null, lastEntryAt: 8_000 },
};

beforeAll(async () => {
  office = await openOffice('demo-data-lists');
  await Promise.all(
    Object.entries(CONVERSATIONS).map(([id, over]) => office.conversation(id, over)),
  );
});
afterAll(() => office.close());

const ids = async (desk: Desk, query: QuerySpec): Promise<string[]> =>
  (await desk.store.readRows(query)).rows.map(({ id }) => id);

describe('List queries', () => {
  it('are proven by the rules for an agent of twenty teams, every one', async () => {
    const ana = await office.desk('ana', { teams: TEAMS });
    for (const list of LISTS)
      for (const section of SECTIONS)
        for (const query of listQueries(list, section, ana.person))
          await expect(ids(ana, query), `${list} ${section}`).resolves.toBeDefined();
    for (const list of ['team', 'all'] as const)
      for (const query of countQueries(list, ana.person))
        await expect(ana.store.count(query)).resolves.toBe(5);
  });

  it('hold what each list is for', async () => {
    const ana = await office.desk('ana', { teams: TEAMS });
    const of = async (list: (typeof LISTS)[number], section: (typeof SECTIONS)[number]) =>
      Promise.all(listQueries(list, section, ana.person).map((query) => ids(ana, query)));
    expect(await of('mine', 'open')).toEqual([['mine']]);
    expect(await of('queue', 'open')).toEqual([['free', 'free-2']]);
    expect(await of('team', 'open')).toEqual([['reopened', 'free', 'free-2', 'mine'], ['asked']]);
    expect(await of('team', 'pending')).toEqual([['waiting'], []]);
    expect(await of('team', 'resolved')).toEqual([['done'], []]);
  });

  it('read everything for somebody who may, without naming teams', async () => {
    const ravi = await office.desk('ravi', { role: 'admin', teams: [] });
    const [all] = listQueries('all', 'open', ravi.person);
    expect(await ids(ravi, all!)).toEqual([
      'reopened',
      'hidden',
      'free',
      'free-2',
      'asked',
      'mine',
    ]);
    const [queue] = listQueries('queue', 'open', ravi.person);
    expect(await ids(ravi, queue!)).toEqual(['hidden', 'free', 'free-2', 'asked']);
    expect(await ravi.store.count(countQueries('all', ravi.person)[0]!)).toBe(7);
  });

  it('are refused when they ask for more than the person may see', async () => {
    const priya = await office.desk('priya', { teams: ['billing'] });
    const asAdmin = personOf('priya', { r: 'admin', t: [], all: true }, null);
    const [all] = listQueries('all', 'open', asAdmin);
    await expect(ids(priya, all!)).rejects.toMatchObject({ code: 'denied' });
    const [own] = listQueries('team', 'open', priya.person);
    expect(await ids(priya, own!)).toEqual(['hidden', 'asked']);
  });

  it('answer in the order in which the app sorts its rows, and page by the same cursor', async () => {
    const ravi = await office.desk('ravi', { role: 'admin', teams: [] });
    const [query] = listQueries('all', 'open', ravi.person);
    const { rows } = await ravi.store.readRows(query!);
    const flat = rows.map(({ id, data }) => ({ ...data, id }));
    expect([...flat].sort(compareRows(orderOf('open')))).toEqual(flat);
    for (const [index, row] of flat.entries()) {
      const cut = cursorOf(row, orderOf('open'));
      expect(await ids(ravi, { ...query!, after: cut })).toEqual(
        flat.slice(index + 1).map(({ id }) => id),
      );
      expect(await ids(ravi, { ...query!, until: cut })).toEqual(
        flat.slice(0, index + 1).map(({ id }) => id),
      );
    }
  });
});

describe('A listener', () => {
  it('tells what changed, and has the same row for what did not', async () => {
    const ana = await office.desk('ana');
    const heard: (readonly StoredRow[])[] = [];
    const [query] = listQueries('queue', 'open', ana.person);
    const stop = ana.store.listenRows(
      query!,
      ({ rows, fromCache }) => fromCache || heard.push(rows),
      (failure) => expect.fail(failure.code),
    );
    await vi.waitFor(() => expect(heard.at(-1)?.map(({ id }) => id)).toEqual(['free', 'free-2']));
    const before = heard.at(-1)!;
    await office.conversation('free-2', { waitingSince: 1_000, inboundCount: 9 });
    await vi.waitFor(() => expect(heard.at(-1)![1]?.data).toMatchObject({ inboundCount: 9 }));
    stop();
    expect(heard.at(-1)![0]).toBe(before[0]);
    expect(heard.at(-1)![1]).not.toBe(before[1]);
  });
});
