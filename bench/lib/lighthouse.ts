/** What Lighthouse says of a screen on a mobile phone, by several runs. */
import { readFile, rm } from 'node:fs/promises';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext } from '@playwright/test';
import lighthouse from 'lighthouse';
import puppeteer from 'puppeteer-core';
import type { Figure, Measured } from './row.ts';
import { launchOptions } from './screen.ts';
import { percentile } from './stats.ts';

/** Google's advice for one machine is the median of five runs (Lighthouse, "Variability"). */
export const RUNS = 5;

/** A browser with a profile of its own, in which Lighthouse can open its pages. */
export interface Profile {
  readonly context: BrowserContext;
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Starts one; nobody is signed in. */
export async function openProfile(): Promise<Profile> {
  const folder = mkdtempSync(path.join(tmpdir(), 'switchboard-lighthouse-'));
  const options = launchOptions();
  const context = await chromium.launchPersistentContext(folder, {
    ...options,
    args: [...options.args, '--remote-debugging-port=0'],
    locale: 'en-GB',
  });
  const [port = ''] = (await readFile(path.join(folder, 'DevToolsActivePort'), 'utf8')).split('\n');
  return {
    context,
    port: Number(port),
    async close() {
      await context.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One run: scores of 0 to 100, times in ms. */
interface Run {
  readonly performance: number;
  readonly accessibility: number;
  readonly bestPractices: number;
  readonly lcp: number;
  readonly tbt: number;
  readonly cls: number;
  /** What cost points outside performance. */
  readonly faults: readonly string[];
}

/**
 * A page that this site's process already serves, so that the looked-at start does not begin with
 * Lighthouse's own debugger walking the heap of a new process: 74 to 118 ms in front of the document,
 * times four, that no phone has. Where storage is emptied first, a start's first paint comes long after.
 */
async function openBeside(url: string, port: number) {
  const browser = await puppeteer.connect({ browserURL: `http://127.0.0.1:${port}` });
  const page = await browser.newPage();
  await page.goto(new URL('/icons/icon.svg', url).href);
  return {
    page,
    async close() {
      await page.close();
      await browser.disconnect();
    },
  };
}

async function runOnce(url: string, port: number, keepStorage: boolean): Promise<Run> {
  const beside = keepStorage ? await openBeside(url, port) : null;
  const result = await lighthouse(
    url,
    {
      port,
      logLevel: 'error',
      disableStorageReset: keepStorage,
      skipAboutBlank: keepStorage,
      onlyCategories: ['performance', 'accessibility', 'best-practices'],
      // They carry no points, and their counting of what is run costs the start a tenth of a second.
      skipAudits: ['unused-javascript', 'script-treemap-data'],
    },
    undefined,
    beside?.page,
  );
  await beside?.close();
  if (!result || result.lhr.runtimeError)
    throw new Error(`Lighthouse could not look at ${url}: ${result?.lhr.runtimeError?.message}`);
  const { categories, audits } = result.lhr;
  const score = (name: string): number => Math.round((categories[name]?.score ?? 0) * 100);
  const value = (name: string): number => audits[name]?.numericValue ?? NaN;
  const judged = ['accessibility', 'best-practices'].flatMap(
    (name) => categories[name]?.auditRefs.filter(({ weight }) => weight > 0) ?? [],
  );
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractices: score('best-practices'),
    lcp: value('largest-contentful-paint'),
    tbt: value('total-blocking-time'),
    cls: value('cumulative-layout-shift'),
    faults: judged.map(({ id }) => id).filter((id) => audits[id]?.score === 0),
  };
}

/**
 * The figures of a screen: the medians of the runs; of what does not vary, the worst.
 *
 * @param keepStorage what was signed in stays signed in; else every run begins with an empty browser
 */
export async function judge(
  title: string,
  { url, port, keepStorage }: { url: string; port: number; keepStorage: boolean },
): Promise<Measured> {
  const runs: Run[] = [];
  for (let count = 0; count < RUNS; count += 1) runs.push(await runOnce(url, port, keepStorage));
  const median = (of: (run: Run) => number): number => percentile(runs.map(of), 50);
  const least = (of: (run: Run) => number): number => Math.min(...runs.map(of));
  const score = (name: string, unit: Figure['unit'], value: number, atLeast: number): Figure => ({
    name: `${title}: ${name}`,
    value,
    unit,
    goal: { atLeast },
  });
  const faults = [...new Set(runs.flatMap((run) => run.faults))];
  return {
    figures: [
      score(
        'performance',
        'points',
        median(({ performance }) => performance),
        95,
      ),
      score(
        'accessibility',
        '',
        least(({ accessibility }) => accessibility),
        100,
      ),
      score(
        'best practices',
        '',
        least(({ bestPractices }) => bestPractices),
        100,
      ),
      { name: `${title}: LCP`, value: median(({ lcp }) => lcp), unit: 'ms', goal: 2_200 },
      { name: `${title}: TBT`, value: median(({ tbt }) => tbt), unit: 'ms', goal: 100 },
      {
        name: `${title}: CLS`,
        value: Math.max(...runs.map(({ cls }) => cls)),
        unit: '',
        goal: 0.02,
      },
    ],
    samples: {
      [`${title}: performance`]: runs.map(({ performance }) => performance),
      [`${title}: LCP`]: runs.map(({ lcp }) => lcp),
      [`${title}: TBT`]: runs.map(({ tbt }) => tbt),
    },
    setting: `${RUNS} runs${faults.length === 0 ? '' : ` (faults: ${faults.join(', ')})`}`,
  };
}

/** The browser's own version, for the record. */
export const versionOf = ({ context }: Profile): string => context.browser()?.version() ?? '';
