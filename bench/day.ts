/** A busy day on one phone: memory, listeners and documents read, in a workspace of 10,000 conversations. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Locator, Page } from '@playwright/test';
import { portsOn } from '@switchboard/functions/testing';
import { plantConversations, plantedId, plantThread, type Firestore } from './big/plant.ts';
import { withoutTriggers } from './big/quiet.ts';
import { startTraffic, type Traffic } from './big/traffic.ts';
import { heapOf, openPhone, type Screen } from './lib/phone.ts';
import { measure, now, required, type Figure } from './lib/row.ts';
import { enter, openBrowser } from './lib/screen.ts';
import { growth } from './lib/stats.ts';
import { flick, touch } from './lib/thumb.ts';
import { watchWire, type Wire } from './lib/wire.ts';

const CONVERSATIONS = 10_000;
const ENTRIES = 10_000;
/** Threads of that length; the agent's, and so at the top of the agent's list. */
const LONG = [1, 5, 9];
/** Conversations that change: those that wait longest, which is what lists show. */
const BUSY = 400;
/** Changes a second, and for how long of each minute so many more come, ms. */
const ALWAYS = { rate: 2, together: 4 };
const BURST = { rate: 20, together: 20, lasts: 10_000, every: 60_000 };
/** How long the day is, s: an hour with --full. */
const DAY = required('BENCH_FULL') === '1' ? 3_600 : 180;
/** Rounds before memory counts: what is loaded once is loaded by then. */
const WARM_UP = 6;
const PAUSE = 200;
/** How long anything may take that time says nothing about here, ms. */
const PATIENCE = 120_000;

/** What the phone holds at the end of a round, back on the list it began with. */
interface Held {
  readonly at: number;
  readonly heap: number;
  readonly listeners: number;
  /** Listeners of the page for events of its elements. */
  readonly handlers: number;
}

interface Day {
  readonly rounds: readonly Held[];
  /** Documents read by each opening of a long thread that was not opened before. */
  readonly opened: readonly number[];
  readonly resting: number;
}

const tab = (page: Page, name: string): Locator =>
  page.getByRole('tab', { name: new RegExp(`^${name}\\b`) });
const row = (page: Page, id: string): Locator => page.locator(`[data-row="${id}"]`);

async function plant(db: Firestore, seed: number): Promise<void> {
  await plantConversations(db, { from: 0, to: CONVERSATIONS, seed });
  for (const index of LONG)
    await plantThread(db, { id: plantedId(index), entries: ENTRIES, newest: 'Well?', seed });
  for (let index = 13; index < 60; index += 4)
    await plantThread(db, { id: plantedId(index), entries: 40, newest: 'Well?', seed });
}

/** Customers write all day; once a minute all at once. */
function busyAllDay(db: Firestore, seed: number) {
  const common = { patience: 1, conversations: BUSY, spared: new Set(LONG.map(plantedId)) };
  const always = startTraffic(db, { ...common, ...ALWAYS, seed });
  const all: Traffic[] = [always];
  const begin = (): void => {
    const burst = startTraffic(db, { ...common, ...BURST, seed: seed + all.length });
    all.push(burst);
    setTimeout(() => void burst.stop(), BURST.lasts);
  };
  begin();
  const timer = setInterval(begin, BURST.every);
  return {
    changes: (): number => all.reduce((sum, traffic) => sum + traffic.count(), 0),
    failed: (): number => all.reduce((sum, traffic) => sum + traffic.failed(), 0),
    async stop(): Promise<void> {
      clearInterval(timer);
      await Promise.all(all.map((traffic) => traffic.stop()));
    },
  };
}

/** Opens a conversation, reads back, writes some words, goes back to the list. */
async function visit(screen: Screen, id: string, wire: Wire): Promise<number> {
  const { page } = screen;
  const read = wire.fromNow();
  await touch(page, row(page, id));
  const reply = page.getByRole('textbox', { name: 'Reply on WhatsApp' });
  await reply.waitFor();
  await page.getByRole('log').getByText('Well?').waitFor();
  const reads = read();
  for (let count = 0; count < 3; count += 1) await flick(screen, 1_800);
  await touch(page, reply);
  await page.keyboard.type('On our way', { delay: 40 });
  await wait(PAUSE);
  await touch(page, page.getByRole('button', { name: 'Back to the list' }));
  await row(page, id).waitFor();
  return reads;
}

/** Looks through a list, two pages far. */
async function browse(screen: Screen, name: string): Promise<void> {
  await touch(screen.page, tab(screen.page, name));
  await screen.page.locator('[aria-posinset="1"]').waitFor();
  for (let count = 0; count < 3; count += 1) await flick(screen, -1_500);
  await wait(PAUSE);
}

/** What the phone holds once it has come to rest: listeners that end take a moment to say so. */
async function held(screen: Screen, wire: Wire, resting: number): Promise<Held> {
  const deadline = now() + PATIENCE;
  while (wire.open() > resting && now() < deadline) await wait(50);
  const { jsEventListeners } = await screen.cdp.send('Memory.getDOMCounters');
  const heap = await heapOf(screen);
  return { at: now(), heap, listeners: wire.open() - resting, handlers: jsEventListeners };
}

async function live(screen: Screen, wire: Wire): Promise<Day> {
  const resting = wire.open();
  const rounds: Held[] = [];
  const opened: number[] = [];
  const end = now() + DAY * 1_000;
  while (now() < end || rounds.length <= WARM_UP + 1) {
    const long = LONG[rounds.length % LONG.length] ?? 1;
    const reads = await visit(screen, plantedId(long), wire);
    if (rounds.length < LONG.length) opened.push(reads);
    await browse(screen, 'Queue');
    await browse(screen, 'Team');
    await touch(screen.page, tab(screen.page, 'Mine'));
    await row(screen.page, plantedId(LONG[0] ?? 0)).waitFor();
    rounds.push(await held(screen, wire, resting));
  }
  return { rounds, opened, resting };
}

function figuresOf({ rounds, opened }: Day, inbox: { reads: number; counts: number }): Figure[] {
  const counted = rounds.slice(WARM_UP);
  const most = (of: (one: Held) => number): number => Math.max(...rounds.map(of));
  const times = counted.map(({ at }) => at);
  const grown = (of: (one: Held) => number): number => growth(times, counted.map(of));
  const leftOver = rounds.reduce((sum, { listeners }) => sum + listeners, 0);
  const count = (name: string, value: number, goal: number | null): Figure => ({
    name,
    value,
    unit: '',
    goal,
  });
  return [
    count('documents read to open the inbox', inbox.reads, 60),
    count('counts by the server beside them', inbox.counts, null),
    count('documents read to open a thread, most', Math.max(...opened), 40),
    count('listeners left over at the end of the day', rounds.at(-1)?.listeners ?? NaN, 0),
    count('listeners left over after a round, all rounds together', leftOver, null),
    { name: 'heap, most', value: most(({ heap }) => heap), unit: 'B', goal: 60_000_000 },
    {
      name: 'heap, growth over the day',
      value: grown(({ heap }) => heap),
      unit: 'B',
      goal: 2_000_000,
    },
    count(
      'handlers of events, growth over the day',
      grown(({ handlers }) => handlers),
      null,
    ),
  ];
}

await measure(async ({ seed }) => {
  const { db } = portsOn(required('GCLOUD_PROJECT'));
  const triggers = await withoutTriggers();
  await plant(db, seed);
  const browser = await openBrowser();
  const screen = await openPhone(browser);
  screen.page.setDefaultTimeout(PATIENCE);
  const wire = await watchWire(screen.cdp);
  await enter(screen.page, 'jonas');
  await screen.page.getByText('Live', { exact: true }).waitFor();
  await row(screen.page, plantedId(1)).waitFor();
  // The names that rows show are read one by one, a moment later.
  await wait(2_000);
  const inbox = { reads: wire.reads(), counts: wire.counts() };
  const traffic = busyAllDay(db, seed);
  const day = await live(screen, wire);
  await traffic.stop();
  const version = browser.version();
  await browser.close();
  await triggers();
  return {
    figures: figuresOf(day, inbox),
    samples: {
      heap: day.rounds.map(({ heap }) => heap),
      'listeners left over': day.rounds.map(({ listeners }) => listeners),
      'handlers of events': day.rounds.map(({ handlers }) => handlers),
    },
    setting: `${CONVERSATIONS} conversations, threads of ${ENTRIES} entries; ${day.rounds.length} rounds in ${DAY} s of opening, reading back, typing and looking through three lists, ${day.resting} listeners at rest; ${ALWAYS.rate} changes a second, ${BURST.rate} more for ${BURST.lasts / 1_000} s of each minute where the emulator keeps up, ${traffic.changes()} in all, ${traffic.failed()} commits that it did not take; phone of 390 × 844, Chromium ${version}; heap after garbage collection, growth by the line of least squares after ${WARM_UP} rounds`,
  };
});
