import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const NOW = Date.UTC(2026, 10, 22, 12);
const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers({ now: NOW });
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The server's clock is ahead of this device's by so many ms; the answer takes `took`. */
function serverAhead(ms: number, more: Record<string, string> = {}, took = 0): void {
  fetched.mockImplementation(async () => {
    const date = new Date(Date.now() + ms + took / 2).toUTCString();
    vi.advanceTimersByTime(took);
    return new Response(null, { headers: { date, ...more } });
  });
}

const clock = () => import('./clock.ts');

describe('The clock', () => {
  it('is this device’s until more is known', async () => {
    expect((await clock()).serverNow()).toBe(NOW);
  });

  it.each([300_000, -300_000])('follows a server that is ahead by %i ms', async (ahead) => {
    const { serverNow, setClock, clockBehind } = await clock();
    serverAhead(ahead);
    await setClock();
    expect(Math.abs(clockBehind.value - ahead)).toBeLessThanOrEqual(500);
    expect(serverNow()).toBe(NOW + clockBehind.value);
  });

  it('leaves a clock alone that is right as far as an HTTP date can tell', async () => {
    const { serverNow, setClock } = await clock();
    for (const ahead of [1_400, -1_400, 0]) {
      serverAhead(ahead);
      await setClock();
      expect(serverNow()).toBe(NOW);
    }
  });

  it('doubts an answer by the time that it took', async () => {
    const { setClock, clockBehind } = await clock();
    serverAhead(5_000, {}, 8_000);
    await setClock();
    expect(clockBehind.value).toBe(0);
    serverAhead(300_000, {}, 8_000);
    await setClock();
    expect(Math.abs(clockBehind.value - 300_000)).toBeLessThanOrEqual(500);
  });

  it('is right again once the device’s clock is', async () => {
    const { setClock, clockBehind } = await clock();
    serverAhead(300_000);
    await setClock();
    serverAhead(0);
    await setClock();
    expect(clockBehind.value).toBe(0);
  });

  it('learns nothing from an answer that a cache kept, that has no date, or that does not come', async () => {
    const { setClock, clockBehind } = await clock();
    serverAhead(300_000, { age: '300' });
    await setClock();
    fetched.mockResolvedValue(new Response(null));
    await setClock();
    expect(clockBehind.value).toBe(0);
    fetched.mockRejectedValue(new TypeError('Failed to fetch'));
    await setClock();
    expect(clockBehind.value).toBe(0);
    serverAhead(300_000, { age: '0' });
    await setClock();
    expect(clockBehind.value).toBeGreaterThan(299_000);
  });
});
