/** An agent's phone: Chromium at a phone's size, its CPU slowed down as a mid-range phone's is. */
import type { Browser, BrowserContextOptions, CDPSession, Page } from '@playwright/test';
import { openPage } from './screen.ts';

/** How many times slower than this machine. */
export const SLOWDOWN = 4;

const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 3,
  isMobile: true,
  hasTouch: true,
};

/** A page, and the line to its browser. */
export interface Screen {
  readonly page: Page;
  readonly cdp: CDPSession;
}

/** From now on the page's main thread runs this much slower; workers and the browser itself do not. */
export async function slowDown(cdp: CDPSession, rate: number = SLOWDOWN): Promise<void> {
  await cdp.send('Emulation.setCPUThrottlingRate', { rate });
}

/** A phone with nobody signed in, not slowed down yet. */
export async function openPhone(browser: Browser): Promise<Screen> {
  const page = await openPage(browser, PHONE);
  return { page, cdp: await page.context().newCDPSession(page) };
}

/** Bytes of the page's JavaScript heap after everything that can be freed was. */
export async function heapOf({ cdp }: Screen): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  return (await cdp.send('Runtime.getHeapUsage')).usedSize;
}
