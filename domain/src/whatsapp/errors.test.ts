import { describe, expect, it } from 'vitest';
import { failureSentence, judgeSendError, retryDelay, SEND_ATTEMPTS } from './errors.ts';

describe('an error of the Graph API', () => {
  it.each([4, 80007, 130429, 131056, 131057])(
    '%i came before anything was processed: sending again can’t double',
    (code) => {
      expect(judgeSendError(400, code)).toBe('retry');
      expect(judgeSendError(503, code)).toBe('retry');
    },
  );

  it.each([1, 2, 131000, 131016])('%i leaves unknown whether the message left', (code) => {
    expect(judgeSendError(400, code)).toBe('unknown');
  });

  it.each([0, 3, 10, 190, 200, 299, 131005])(
    '%i holds: nothing leaves before the number is connected',
    (code) => {
      expect(judgeSendError(401, code)).toBe('held');
    },
  );

  it.each([100, 300, 368, 131026, 131042, 131047, 131048, 131049, 131050, 999999])(
    '%i is final',
    (code) => {
      expect(judgeSendError(400, code)).toBe('failed');
    },
  );

  it('without a code is unknown as a 5xx and final as a 4xx', () => {
    expect(judgeSendError(500, null)).toBe('unknown');
    expect(judgeSendError(502, 190)).toBe('unknown');
    expect(judgeSendError(404, null)).toBe('failed');
  });

  it('has a sentence for a person, or says that it has none', () => {
    expect(failureSentence(131047)).toBe('windowClosed');
    expect(failureSentence(0)).toBe('tokenDead');
    expect(failureSentence('no-recipient')).toBe('noRecipient');
    expect([199, 200, 299, 300].map(failureSentence)).toEqual([
      'other',
      'noPermission',
      'noPermission',
      'other',
    ]);
    expect(failureSentence(999999)).toBe('other');
  });
});

describe('the pauses between tries', () => {
  it('are 4^X seconds, as Meta asks for on a pair limit', () => {
    const pauses = Array.from({ length: SEND_ATTEMPTS }, (_, index) => retryDelay(index + 1));
    expect(pauses).toEqual([4_000, 16_000, 64_000, 256_000]);
  });
});
