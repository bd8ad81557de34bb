/** Two agents at their screens: one presses Take and puts it back, the other watches. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { Figure, Measured } from '../lib/row.ts';
import { openBrowser, paintedAt, rowOf, SCREEN, signIn } from '../lib/screen.ts';
import { percentile } from '../lib/stats.ts';

const WARM_UP = 3;
/** Between putting back and the next Take, ms: what the one set off is no part of the other. */
const PAUSE = 700;

/** What one Take came to, ms after the press. */
interface Seen {
  readonly thread: number;
  readonly row: number;
  readonly own: number;
}

/** Some Takes as they were seen. */
export interface Takes {
  readonly seen: readonly Seen[];
  /** Takes in all, those before the first that counts included. */
  readonly made: number;
  /** The browser's version. */
  readonly version: string;
}

/** From now on the page remembers when a button was last pressed. */
const rememberPresses = (page: Page): Promise<void> =>
  page.evaluate(() => {
    addEventListener(
      'click',
      () => (document.documentElement.dataset['pressed'] = `${Date.now()}`),
      {
        capture: true,
      },
    );
  });

const pressedAt = async (page: Page): Promise<number> =>
  Number(await page.evaluate(() => document.documentElement.dataset['pressed']));

async function putBack(page: Page): Promise<void> {
  const name = 'Put back into the queue';
  const button = page.getByRole('button', { name, exact: true }).first();
  if (await button.isVisible()) return button.click();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name }).click();
}

async function round(jonas: Page, ana: Page, conversationId: string): Promise<Seen> {
  const has = 'Jonas Weber has had this since';
  const take = jonas.getByRole('button', { name: 'Take', exact: true }).first();
  await ana.getByText(has).waitFor({ state: 'detached' });
  await ana.locator(rowOf(conversationId)).getByText('No one yet').waitFor();
  const watching = Promise.all([
    paintedAt(ana, SCREEN, has),
    paintedAt(ana, rowOf(conversationId), 'Jonas'),
    paintedAt(jonas, rowOf(conversationId), 'You'),
  ]);
  // Together, so that what fails first is what is told.
  const reply = jonas.getByRole('textbox', { name: 'Reply on WhatsApp' });
  const [[thread, row, own]] = await Promise.all([
    watching,
    take.click().then(() => reply.waitFor()),
  ]);
  const pressed = await pressedAt(jonas);
  await putBack(jonas);
  await take.waitFor();
  await wait(PAUSE);
  return { thread: thread - pressed, row: row - pressed, own: own - pressed };
}

/** Takes a conversation of the demo workspace and puts it back, so many times. */
export async function takeAndPutBack(conversationId: string, rounds: number): Promise<Takes> {
  const browser = await openBrowser();
  const [jonas, ana] = [await signIn(browser, 'jonas'), await signIn(browser, 'ana')];
  const url = `/inbox/team/${conversationId}`;
  await Promise.all([jonas.goto(url), ana.goto(url)]);
  await rememberPresses(jonas);
  const seen: Seen[] = [];
  for (let count = 0; count < WARM_UP + rounds; count += 1)
    seen.push(await round(jonas, ana, conversationId));
  const version = browser.version();
  await browser.close();
  return { seen: seen.slice(WARM_UP), made: seen.length, version };
}

/** Figures and samples of some Takes, with the goal for the 95th percentile, ms. */
export function judge({ seen }: Takes, goal: number): Pick<Measured, 'figures' | 'samples'> {
  const figure = (title: string, of: (one: Seen) => number, p: number, wanted: number | null) =>
    ({
      name: `${title}, p${p}`,
      value: percentile(seen.map(of), p),
      unit: 'ms',
      goal: wanted,
    }) satisfies Figure;
  return {
    figures: [
      figure("the other's open conversation says so", ({ thread }) => thread, 50, null),
      figure("the other's open conversation says so", ({ thread }) => thread, 95, goal),
      figure("the other's row says so", ({ row }) => row, 50, null),
      figure("the other's row says so", ({ row }) => row, 95, goal),
      figure("the taker's own row says so", ({ own }) => own, 95, null),
    ],
    samples: {
      thread: seen.map(({ thread }) => thread),
      row: seen.map(({ row }) => row),
      own: seen.map(({ own }) => own),
    },
  };
}
