// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { offerFaults, offerNews } from './meta.js';

const tell = vi.fn((_: string) => undefined);
let posted: { path: string; body: Record<string, unknown> }[];
let refusal: string | null;

beforeEach(() => {
  posted = [];
  refusal = null;
  vi.stubGlobal('fetch', async (path: string, { body }: { body: string }) => {
    posted.push({ path, body: JSON.parse(body) as Record<string, unknown> });
    return refusal === null
      ? Response.json({})
      : Response.json({ error: refusal }, { status: 400 });
  });
  document.body.innerHTML =
    '<dialog id="choices"><h2 id="choices-title"></h2><div id="choices-list"></div></dialog>';
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

function tap(name: string): void {
  const choices = [...document.querySelectorAll<HTMLElement>('#choices-list button')];
  choices.find((choice) => choice.textContent === name)?.click();
}

describe('what goes wrong next', () => {
  it('goes wrong once, and is said', async () => {
    offerFaults(tell);
    tap('Refused: too fast');
    await vi.waitFor(() => {
      expect(tell).toHaveBeenCalledWith('Next time: Refused: too fast.');
    });
    expect(posted).toEqual([
      {
        path: '/_sandbox/faults',
        body: { times: 1, op: 'messages', mode: 'error', code: 130429 },
      },
    ]);
  });

  it('that the sandbox refuses is told', async () => {
    refusal = 'The body is not as documented.';
    offerFaults(tell);
    tap('Webhook lost');
    await vi.waitFor(() => {
      expect(tell).toHaveBeenCalledWith(refusal);
    });
  });
});

describe('what Meta decides', () => {
  it('is told to the business', async () => {
    offerNews(tell);
    tap('Account disabled');
    await vi.waitFor(() => {
      expect(tell).toHaveBeenCalledWith('Meta has told the business: Account disabled.');
    });
    expect(posted).toEqual([
      { path: '/_sandbox/account', body: { event: 'DISABLED_UPDATE', detail: 'DISABLE' } },
    ]);
  });
});
