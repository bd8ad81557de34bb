import { describe, expect, it } from 'vitest';
import { judgeAnswer, type GraphAnswer } from './answer.ts';

const refused = (httpStatus: number, code: number | null): GraphAnswer => ({
  kind: 'refused',
  httpStatus,
  code,
  title: 'No',
  details: 'Because',
});

describe('an answer of the Graph API', () => {
  it('accepted gives the id', () => {
    expect(judgeAnswer({ kind: 'accepted', wamid: 'w1' })).toEqual({
      state: 'accepted',
      wamid: 'w1',
    });
  });

  it('that got lost leaves unknown whether the message left', () => {
    expect(judgeAnswer({ kind: 'lost' })).toEqual({ state: 'unknown' });
  });

  it.each(['unreachable', 'no-token'] as const)(
    'that never came (%s) carries our code, not one of Meta’s',
    (kind) => {
      expect(judgeAnswer({ kind })).toEqual({
        state: 'retry',
        error: { code: kind, title: '', details: '' },
      });
    },
  );

  it('that refuses carries Meta’s code and words', () => {
    const error = { code: 131047, title: 'No', details: 'Because' };
    expect(judgeAnswer(refused(400, 131047))).toEqual({ state: 'failed', error });
    expect(judgeAnswer(refused(400, 131056))).toMatchObject({ state: 'retry' });
    expect(judgeAnswer(refused(500, 131000))).toMatchObject({ state: 'unknown' });
  });

  it('that refuses without a code says so', () => {
    expect(judgeAnswer(refused(400, null))).toMatchObject({
      state: 'failed',
      error: { code: 'no-code' },
    });
    expect(judgeAnswer(refused(502, null))).toMatchObject({
      state: 'unknown',
      error: { code: 'no-code' },
    });
  });
});
