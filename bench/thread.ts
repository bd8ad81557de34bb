/** Row 13: from a tap to the newest message of a thread of 10,000 entries, on a slow phone; then back through it. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import { portsOn } from '@switchboard/functions/testing';
import { plantConversations, plantedId, plantThread, type Firestore } from './big/plant.ts';
import { withoutTriggers } from './big/quiet.ts';
import { startTraffic } from './big/traffic.ts';
import { watchInteractions } from './lib/interactions.ts';
import { startFrames, stopFrames } from './lib/frame-times.ts';
import { heapOf, openPhone, slowDown, SLOWDOWN, type Screen } from './lib/phone.ts';
import { measure, now, required, type Asked, type Figure } from './lib/row.ts';
import { enter, openBrowser, paintedAt, pressedAt, rememberPresses } from './lib/screen.ts';
import { rowOf, THREAD } from './lib/screen.ts';
import { percentile } from './lib/stats.ts';
import { flick, touch } from './lib/thumb.ts';
import { watchWire, type Wire } from './lib/wire.ts';

const ENTRIES = 10_000;
const PAGE = 30;
const CONVERSATIONS = 40;
/** How long somebody looks at the list before the next tap, ms. */
const LOOK = 1_000;
/** Of four planted conversations the second is the agent's: a long thread, and some of a page. */
const LONG = plantedId(1);
const SHORT = [plantedId(5), plantedId(9), plantedId(13)] as const;
const NEWEST = 'This is the newest message.';

/** How far back a thumb goes, px, by flicks of this length and this fast, px/s. */
const FLICKS = 20;
const FLICK = 2_400;
const SPEED = 4_000;

/** What opening one thread came to. */
interface Opened {
  /** Ms from the tap to the newest message on the screen. */
  readonly painted: number;
  readonly reads: number;
}

async function plant(db: Firestore, { seed }: Asked): Promise<void> {
  await plantConversations(db, { from: 0, to: CONVERSATIONS, seed });
  await plantThread(db, { id: LONG, entries: ENTRIES, newest: NEWEST, seed });
  for (const id of SHORT) await plantThread(db, { id, entries: PAGE, newest: NEWEST, seed });
}

async function open({ page }: Screen, wire: Wire, id: string): Promise<Opened> {
  const before = wire.reads();
  const watching = paintedAt(page, THREAD, NEWEST);
  await page.locator(`${rowOf(id)} a`).tap();
  const painted = (await watching) - (await pressedAt(page));
  await page.getByRole('textbox', { name: 'Reply on WhatsApp' }).waitFor();
  // What the tab had kept is painted before the server's documents come.
  await wait(LOOK);
  return { painted, reads: wire.reads() - before };
}

async function back({ page }: Screen, id: string): Promise<void> {
  await page.getByRole('button', { name: 'Back to the list' }).tap();
  await page.locator(rowOf(id)).waitFor();
  await wait(LOOK);
}

/** Scrolls to older and older entries; answers how long each frame took meanwhile, ms. */
async function scrollBack(screen: Screen): Promise<readonly number[]> {
  await startFrames(screen.page);
  for (let count = 0; count < FLICKS; count += 1) await flick(screen, FLICK, SPEED);
  return stopFrames(screen.page);
}

interface Phone {
  readonly screen: Screen;
  readonly wire: Wire;
  /** The first conversation after the start: its code runs for the first time. */
  readonly start: Opened;
}

/** A phone in use: some conversations were opened since the start, this thread never. */
async function newPhone(browser: Browser): Promise<Phone> {
  const screen = await openPhone(browser);
  const wire = await watchWire(screen.cdp);
  await enter(screen.page, 'jonas');
  await rememberPresses(screen.page);
  await slowDown(screen.cdp);
  await wait(LOOK);
  const start = await open(screen, wire, SHORT[0]);
  await back(screen, SHORT[0]);
  for (const id of SHORT.slice(1)) {
    await open(screen, wire, id);
    await back(screen, id);
  }
  return { screen, wire, start };
}

const ms = (name: string, value: number, goal: number | null): Figure => ({
  name,
  value,
  unit: 'ms',
  goal,
});

/** A burst in the conversation that is open: messages a second, and how many travel together. */
const BURST = { rate: 20, together: 4 };
const LETTERS = 'On our way to you';
const PAUSE = 100;

/** What a person notices while messages pour into the thread in front of them. */
interface Busy {
  readonly frames: readonly number[];
  readonly typing: readonly number[];
  readonly arrived: number;
}

async function read(screen: Screen): Promise<readonly number[]> {
  await startFrames(screen.page);
  for (const way of [1, 1, 1, -1, -1, -1]) await flick(screen, way * FLICK, SPEED);
  return stopFrames(screen.page);
}

async function type({ page }: Screen): Promise<readonly number[]> {
  await touch(page, page.getByRole('textbox', { name: 'Reply on WhatsApp' }));
  const watched = await watchInteractions(page);
  for (const letter of LETTERS) {
    await wait(PAUSE);
    await watched.act('type', () => page.keyboard.press(letter === ' ' ? 'Space' : letter));
  }
  return (await watched.all()).map(({ took }) => took);
}

/** Messages pour into the thread that is open; answers what it is like to read and write there. */
async function beBusy(screen: Screen, wire: Wire, db: Firestore, seed: number): Promise<Busy> {
  const traffic = startTraffic(db, { ...BURST, conversations: 1, seed, only: LONG });
  const [start, before] = [now(), wire.reads()];
  const typing = await type(screen);
  const frames = await read(screen);
  const arrived = ((wire.reads() - before) * 1_000) / (now() - start);
  await traffic.stop();
  return { frames, typing, arrived };
}

const busyFigures = ({ frames, typing, arrived }: Busy): readonly Figure[] => [
  ms('20 messages a second: a letter is drawn, p95', percentile(typing, 95), 150),
  ms('20 messages a second: frame while scrolling, p95', percentile(frames, 95), 150),
  ms('20 messages a second: longest frame', Math.max(...frames), null),
  {
    name: '20 messages a second: documents that reached the phone',
    value: arrived,
    unit: '/s',
    goal: null,
  },
];

function figuresOf(
  first: readonly Opened[],
  again: readonly Opened[],
  heaps: readonly number[],
  frames: readonly number[],
) {
  const painted = first.map((one) => one.painted);
  const reads = [...first, ...again].map((one) => one.reads);
  return [
    ms('never opened here before: newest message painted, p50', percentile(painted, 50), null),
    ms('never opened here before: newest message painted, p95', percentile(painted, 95), 400),
    ms(
      'opened again: newest message painted, p95',
      percentile(
        again.map((one) => one.painted),
        95,
      ),
      400,
    ),
    { name: 'documents read, most', value: Math.max(...reads), unit: '', goal: 40 },
    { name: 'heap, most', value: Math.max(...heaps), unit: 'B', goal: 60_000_000 },
    ms('scrolling back: frame, p50', percentile(frames, 50), null),
    ms('scrolling back: frame, p95', percentile(frames, 95), 150),
    ms('scrolling back: longest frame', Math.max(...frames), null),
  ] satisfies Figure[];
}

await measure(async (asked) => {
  const { db } = portsOn(required('GCLOUD_PROJECT'));
  const phones = Math.max(4, Math.min(8, Math.ceil(asked.rounds / 5)));
  const triggers = await withoutTriggers();
  await plant(db, asked);
  const browser = await openBrowser();
  const [starts, first, again]: [Opened[], Opened[], Opened[]] = [[], [], []];
  const heaps: number[] = [];
  const opened = async (): Promise<Phone> => {
    const phone = await newPhone(browser);
    starts.push(phone.start);
    first.push(await open(phone.screen, phone.wire, LONG));
    await back(phone.screen, LONG);
    again.push(await open(phone.screen, phone.wire, LONG));
    // Only now: to free all that can be freed throws away compiled code too, and the next opening is cold.
    heaps.push(await heapOf(phone.screen));
    return phone;
  };
  let phone = await opened();
  for (let count = 1; count < phones; count += 1) {
    await phone.screen.page.context().close();
    phone = await opened();
  }
  const { screen, wire } = phone;
  const busy = await beBusy(screen, wire, db, asked.seed);
  const frames = await scrollBack(screen);
  const heap = await heapOf(screen);
  const version = browser.version();
  await browser.close();
  await triggers();
  return {
    figures: [
      ...figuresOf(first, again, heaps, frames),
      ...[50, 95].map((p) =>
        ms(
          `first conversation after the start: newest message painted, p${p}`,
          percentile(
            starts.map(({ painted }) => painted),
            p,
          ),
          null,
        ),
      ),
      ...busyFigures(busy),
      { name: 'heap after scrolling back', value: heap, unit: 'B', goal: 60_000_000 },
    ],
    samples: {
      'first after the start': starts.map(({ painted }) => painted),
      'never opened here before': first.map(({ painted }) => painted),
      'opened again': again.map(({ painted }) => painted),
      'scrolling back: frame': frames,
      '20 messages a second: frame': busy.frames,
      '20 messages a second: letter': busy.typing,
    },
    setting: `one thread of ${ENTRIES} entries on ${phones} new phones that had opened ${SHORT.length} of ${PAGE} before, ${LOOK} ms after the list was there; phone of 390 × 844, CPU ${SLOWDOWN} times slower, Chromium ${version}; back by ${FLICKS} flicks of ${FLICK} px at ${SPEED} px/s`,
  };
});
