/** Row 11: from opening the app to the rows of the inbox, without a connection, on a slow phone. */
import type { BrowserContext, Page } from '@playwright/test';
import { measure, type Figure } from './lib/row.ts';
import { openPhone, slowDown, SLOWDOWN } from './lib/phone.ts';
import { enter, openBrowser } from './lib/screen.ts';
import { percentile } from './lib/stats.ts';

/** Starts before the first that counts: the browser warms up too. */
const WARM_UP = 2;

/** Moments of a start, ms since it was asked for. */
interface Start {
  /** Something of ours is on the screen. */
  readonly shell: number;
  /** The first row is. */
  readonly row: number;
}

/** What a device holds after a day: the worker, Firestore's cache, and the rows as they were last seen. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await page.getByText('Live', { exact: true }).waitFor();
  await page.waitForFunction(hasKeptRows, undefined, { polling: 500 });
  await page.close();
}

/** Runs in the page. */
function hasKeptRows(): Promise<boolean> {
  return new Promise((resolve) => {
    const opening = indexedDB.open('switchboard');
    opening.onsuccess = () => {
      const store = opening.result.transaction('local').objectStore('local');
      const keys = store.getAllKeys(IDBKeyRange.bound('rows/', 'rows/\uffff'));
      keys.onsuccess = () => resolve(keys.result.length > 0);
    };
  });
}

/** Opens the app in a tab of its own. */
async function start(context: BrowserContext): Promise<Start> {
  const page = await context.newPage();
  await slowDown(await context.newCDPSession(page));
  await page.addInitScript(watchStart);
  await page.goto('/inbox/mine', { waitUntil: 'commit' });
  const found = await page.evaluate(() => (window as unknown as { start: Promise<Start> }).start);
  await page.close();
  return found;
}

/** Runs in the page, before anything of ours does. */
function watchStart(): void {
  let shell = 0;
  const painted = (done: () => void): void => {
    requestAnimationFrame(() => setTimeout(done));
  };
  (window as unknown as { start: Promise<Start> }).start = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (shell === 0 && document.querySelector('#app > *')) {
        shell = -1;
        painted(() => (shell = performance.now()));
      }
      if (!document.querySelector('[data-row]')) return;
      observer.disconnect();
      painted(() => resolve({ shell, row: performance.now() }));
    });
    observer.observe(document, { subtree: true, childList: true });
  });
}

await measure(async ({ rounds }) => {
  const browser = await openBrowser();
  const { page } = await openPhone(browser);
  await enter(page, 'jonas');
  const context = page.context();
  await settle(page);
  await context.setOffline(true);
  const starts: Start[] = [];
  for (let round = -WARM_UP; round < rounds; round += 1) {
    const found = await start(context);
    if (round >= 0) starts.push(found);
  }
  const version = browser.version();
  await browser.close();
  const rows = starts.map(({ row }) => row);
  const shells = starts.map(({ shell }) => shell);
  const figure = (title: string, samples: readonly number[], p: number, goal: number | null) =>
    ({ name: `${title}, p${p}`, value: percentile(samples, p), unit: 'ms', goal }) satisfies Figure;
  return {
    figures: [
      figure('something of ours painted', shells, 50, null),
      figure('first row painted', rows, 50, 1_000),
      figure('first row painted', rows, 95, 1_000),
    ],
    samples: { shell: shells, row: rows },
    setting: `${rounds} starts without a connection, each in a new tab of one browser; phone of 390 × 844, CPU ${SLOWDOWN} times slower, Chromium ${version}; the worker, Firestore's cache and the rows of Mine on the device`,
  };
});
