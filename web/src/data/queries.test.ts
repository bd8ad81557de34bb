import { describe, expect, it } from 'vitest';
import { QUERIES, READERS } from './indexes.ts';
import {
  countQueries,
  listQueries,
  LISTS,
  listsOf,
  PAGE,
  SECTIONS,
  sectionsOf,
  type Reader,
} from './queries.ts';

const twenty = Array.from({ length: 20 }, (_, index) => `team${index}`);
const agent = (over: Partial<Reader> = {}): Reader => ({
  uid: 'ana',
  role: 'agent',
  teams: twenty,
  all: false,
  everyTeam: false,
  ...over,
});

describe('A list query', () => {
  it('has one `in` of at most thirty, and a limit, for somebody of twenty teams', () => {
    for (const query of QUERIES['listQueries'] ?? []) {
      const multiplied = query.where.filter(({ op }) => op === 'in');
      expect(multiplied.length).toBeLessThanOrEqual(1);
      for (const { value } of multiplied)
        expect((value as string[]).length).toBeLessThanOrEqual(30);
      expect(query.limit).toBeLessThanOrEqual(30);
    }
  });

  it('names what the rules prove it by: the holder, the teams, the guest, or everything', () => {
    const fields = (list: (typeof LISTS)[number], person = agent()) =>
      listQueries(list, 'open', person).map(({ where }) => where.map(({ field }) => field));
    expect(fields('mine')).toEqual([['assignee.id', 'status']]);
    expect(fields('queue')).toEqual([['assignee', 'teamId', 'status']]);
    expect(fields('team')).toEqual([
      ['teamId', 'status'],
      ['guests', 'status'],
    ]);
    expect(fields('all', agent({ all: true }))).toEqual([['status']]);
  });

  it('asks for every team’s queue only for those who supervise all', () => {
    const queue = (person: Reader) => listQueries('queue', 'open', person)[0]?.where.length;
    expect(queue(agent({ all: true }))).toBe(3);
    expect(queue(agent({ all: true, everyTeam: true, role: 'supervisor' }))).toBe(2);
    expect(queue(agent({ role: 'supervisor' }))).toBe(3);
  });

  it('asks for nothing without a role, and for no team where there is none', () => {
    for (const list of LISTS)
      for (const section of SECTIONS)
        expect(listQueries(list, section, agent({ role: null }))).toEqual([]);
    expect(listQueries('queue', 'open', agent({ teams: [] }))).toEqual([]);
    expect(listQueries('team', 'open', agent({ teams: [] }))).toHaveLength(1);
    expect(countQueries('all', agent({ role: null }))).toEqual([]);
  });

  it('falls back to the teams in All for somebody who may not read everything', () => {
    expect(listQueries('all', 'open', agent())).toEqual(listQueries('team', 'open', agent()));
  });
});

describe('An inbox', () => {
  it('opens with at most sixty documents: Mine, and what Queue is counted from', () => {
    expect(PAGE.mine.open + PAGE.mine.pending + PAGE.queue.open).toBeLessThan(60);
  });

  it('has All only where it holds more than Team', () => {
    expect(listsOf(agent({ teams: ['support'] }), ['support', 'sales'])).toEqual([
      'mine',
      'queue',
      'team',
    ]);
    const all = agent({ teams: ['support'], all: true });
    expect(listsOf(all, ['support', 'sales'])).toEqual(['mine', 'queue', 'team', 'all']);
    expect(listsOf(all, ['support'])).toEqual(['mine', 'queue', 'team']);
    expect(listsOf(all, null)).toEqual(['mine', 'queue', 'team']);
    expect(listsOf(agent({ teams: [], all: true }), null)).toEqual(['mine', 'queue', 'all']);
  });

  it('shows what is resolved in Team and All: nobody holds it', () => {
    expect(sectionsOf('mine')).not.toContain('resolved');
    expect(sectionsOf('queue')).not.toContain('resolved');
    expect(sectionsOf('team')).toContain('resolved');
    expect(sectionsOf('all')).toContain('resolved');
  });

  it('is derived for every sort of person', () => {
    expect(new Set(READERS.map(({ role, all }) => `${role} ${all}`)).size).toBe(READERS.length);
  });
});
