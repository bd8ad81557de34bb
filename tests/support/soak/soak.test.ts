import { describe, expect, it } from 'vitest';
import { expected } from './oracle.ts';
import type { Phase } from './people.ts';
import { SABOTAGES } from './sabotages.ts';
import { killEverywhere, soak } from './soak.ts';

/*
 * The small of `npm run soak`. A failure says what is wrong and with which seed; the same seed is the
 * same run, call for call.
 */
const SEED = 20_261_123;
const PATIENCE = 60_000;

describe('whatever dies and fails', () => {
  it(
    'nothing is lost and nothing is doubled',
    async () => {
      const report = await soak({ seed: SEED, messages: 300 });
      expect(report.wrong).toEqual([]);
      expect(report.deaths).toBeGreaterThan(5);
      expect(report.failures).toBeGreaterThan(10);
      expect(report.replies).toBeGreaterThan(50);
      expect(report.balance).toMatchObject({ waiting: 0 });
    },
    PATIENCE,
  );

  it(
    'nothing is, at each call at which a process may die, before it and after it',
    async () => {
      const { calls, wrong } = await killEverywhere({ seed: 9, messages: 2 });
      expect(wrong).toBeNull();
      expect(calls).toBeGreaterThan(50);
    },
    PATIENCE,
  );

  it(
    'the same seed is the same run',
    async () => {
      const calls = async () => {
        const list: string[] = [];
        const noted = (step: number, { asked }: { asked: string }, fate: string, at: number) =>
          void list.push(`${step} ${at} ${asked} ${fate}`);
        await soak({ seed: SEED, messages: 40, noted });
        return list;
      };
      expect(await calls()).toEqual(await calls());
    },
    PATIENCE,
  );
});

describe('the harness finds', () => {
  it.each(Object.entries(SABOTAGES))(
    '%s',
    async (_, sabotage) => {
      for (let seed = SEED; seed < SEED + 5; seed += 1) {
        const { wrong } = await soak({ seed, messages: 150, sabotage });
        if (wrong.length > 0) return;
      }
      expect.unreachable('Five runs found nothing');
    },
    PATIENCE,
  );
});

describe('the oracle', () => {
  const text = (wamid: string, at: number, type = 'text') => ({
    wamid,
    at,
    type,
    text: null,
    metaId: null,
    name: 'Marta',
  });
  const judge = (phases: readonly Phase[], answers: readonly string[] = []) =>
    expected(phases, {
      receivedAt: new Map([['b', 20_600]]),
      answers: new Set(answers),
    });

  it('counts words and not comments, and waits since the first without an answer', () => {
    const written = [text('a', 10_000), text('b', 20_000), text('c', 30_000, 'reaction')];
    const replies = [{ entryId: 'r', at: 20_500, text: '', byPhone: false }];
    expect(judge([{ written, replies }], ['r'])).toMatchObject({
      row: { status: 'open', inboundCount: 2, waitingSince: 20_000, lastAnswerAt: 20_500 },
      openedAt: [10_000],
    });
    expect(judge([{ written: written.slice(0, 1), replies }], ['r']).row.status).toBe('pending');
    expect(judge([{ written, replies }]).row.waitingSince).toBe(10_000);
  });

  it('opens the next case with the next word after a resolution', () => {
    const phase = (...written: Phase['written']): Phase => ({ written, replies: [] });
    const { row, cases } = judge([
      phase(text('a', 10_000)),
      phase(text('c', 30_000, 'reaction'), text('d', 40_000)),
    ]);
    expect(row).toMatchObject({ caseNumber: 2, status: 'open', waitingSince: 40_000 });
    expect([...cases]).toEqual([
      ['a', 1],
      ['c', 0],
      ['d', 2],
    ]);
  });
});
