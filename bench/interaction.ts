/** Row 12: how soon a slow phone answers a thumb, with a long list and while the workspace is busy. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Locator, Page } from '@playwright/test';
import { portsOn } from '@switchboard/functions/testing';
import { plantConversations, plantedId, plantThread, type Firestore } from './big/plant.ts';
import { withoutTriggers } from './big/quiet.ts';
import { startTraffic } from './big/traffic.ts';
import { startFrames, stopFrames } from './lib/frame-times.ts';
import { watchInteractions, type Interaction, type Interactions } from './lib/interactions.ts';
import { openPhone, slowDown, SLOWDOWN, type Screen } from './lib/phone.ts';
import { measure, now, required, type Asked, type Figure, type Measured } from './lib/row.ts';
import { enter, openBrowser, paintedAt, pressedAt, rememberPresses, rowOf } from './lib/screen.ts';
import { percentile } from './lib/stats.ts';
import { flick, touch } from './lib/thumb.ts';
import { watchWire, type Wire } from './lib/wire.ts';

/** A workspace, and how busy it is. */
interface Size {
  readonly rows: number;
  /** Rows that the phone has: somebody scrolled that far. */
  readonly loaded: number;
  /** Changes a second, all of them in rows that the phone has, and how many travel together. */
  readonly rate: number;
  readonly together: number;
}
const SIZES: readonly Size[] = [
  { rows: 1_000, loaded: 1_000, rate: 5, together: 1 },
  { rows: 10_000, loaded: 1_000, rate: 20, together: 20 },
];

/** Rows near the top, where the thumb is; the agent's own among them have a thread to be read. */
const NEAR = 160;
const ENTRIES = 40;
const LETTERS = 'On our way';
/** Between what a person does and what they do next, ms. */
const PAUSE = 250;

interface Found {
  readonly interactions: readonly Interaction[];
  /** Until the next screen was there, from the press, ms. */
  readonly arrivals: readonly Arrival[];
  /** Frames while the list was drawn along, ms. */
  readonly frames: readonly number[];
  /** Changed documents that reached the phone meanwhile, a second. */
  readonly arrived: number;
}

interface Arrival {
  readonly at: 'conversation' | 'list' | 'other list';
  readonly took: number;
}

const back = (page: Page): Locator => page.getByRole('button', { name: 'Back to the list' });
const tab = (page: Page, name: string): Locator =>
  page.getByRole('tab', { name: new RegExp(`^${name}\\b`) });

async function plant(db: Firestore, { rows }: Size, seed: number): Promise<void> {
  await plantConversations(db, { from: 0, to: rows, seed });
  for (let index = 1; index < NEAR; index += 4)
    await plantThread(db, { id: plantedId(index), entries: ENTRIES, newest: 'Well?', seed });
}

/** Shows this many rows of the list, as somebody has them who scrolled so far; then goes up again. */
async function load(page: Page, rows: number): Promise<void> {
  const end = page.locator('[aria-posinset]').last();
  const box = page.locator('[aria-busy]').filter({ has: end });
  while (Number(await end.getAttribute('aria-posinset')) < rows)
    await box.evaluate((list) => list.scrollTo(0, list.scrollHeight));
  await box.evaluate((list) => list.scrollTo(0, 0));
  await page.locator('[aria-posinset="1"]').waitFor();
}

/** A row in the middle of the screen that the agent holds. */
const ownRow = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
    const inside = rows.filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return top > 150 && bottom < innerHeight - 150;
    });
    const own = inside.find((row) => Number(row.dataset['row']?.slice(4)) % 4 === 1);
    return own?.dataset['row'] ?? null;
  });

/** Presses, and says how long until the page had drawn what the press was for. */
async function going(
  page: Page,
  to: { readonly at: Arrival['at']; readonly drawn: string },
  press: () => Promise<void>,
): Promise<Arrival> {
  // Together, so that what fails first is what is told.
  const [drawn] = await Promise.all([paintedAt(page, to.drawn, ''), press()]);
  return { at: to.at, took: drawn - (await pressedAt(page)) };
}

/** Reads a conversation, writes some words, goes back. */
async function visit({ page }: Screen, { act }: Interactions): Promise<readonly Arrival[]> {
  const id = await ownRow(page);
  if (id === null) return [];
  const there = await going(
    page,
    { at: 'conversation', drawn: '[aria-label="Back to the list"]' },
    () => act('tap a row', () => touch(page, page.locator(rowOf(id)))),
  );
  await back(page).waitFor();
  await wait(PAUSE);
  const reply = page.getByRole('textbox', { name: 'Reply on WhatsApp' });
  if (await reply.isVisible()) {
    await act('touch the composer', () => touch(page, reply));
    for (const letter of LETTERS) {
      await wait(PAUSE / 4);
      await act('type', () => page.keyboard.press(letter === ' ' ? 'Space' : letter));
    }
    await wait(PAUSE);
  }
  const home = await going(page, { at: 'list', drawn: '[data-row]' }, () =>
    act('go back', () => touch(page, back(page))),
  );
  await wait(PAUSE);
  return [there, home];
}

/** The list is drawn along, up and down by turns; answers its frames. */
async function drawn(screen: Screen, round: number): Promise<readonly number[]> {
  await startFrames(screen.page);
  await flick(screen, round % 2 === 0 ? -2_000 : 1_700);
  const frames = await stopFrames(screen.page);
  await wait(PAUSE);
  return frames;
}

async function press({ page }: Screen, { act }: Interactions, name: string): Promise<Arrival> {
  const drawn = `[aria-label="Conversations: ${name}"] [data-row]`;
  const there = await going(page, { at: 'other list', drawn }, () =>
    act('press a tab', () => touch(page, tab(page, name))),
  );
  await wait(PAUSE);
  return there;
}

/** A phone in a busy workspace, with all rows of Team in its list. */
async function use(
  { screen, wire }: { screen: Screen; wire: Wire },
  db: Firestore,
  size: Size,
  asked: Asked,
): Promise<Found> {
  const { page, cdp } = screen;
  await tab(page, 'Team').tap();
  await load(page, size.loaded);
  const traffic = startTraffic(db, {
    ...size,
    conversations: size.loaded,
    seed: asked.seed,
  });
  const [start, before] = [now(), wire.reads()];
  await rememberPresses(page);
  await slowDown(cdp);
  await visit(screen, await watchInteractions(page));
  const watched = await watchInteractions(page);
  const frames: number[] = [];
  const arrivals: Arrival[] = [];
  for (let round = 0; round < asked.rounds; round += 1) {
    frames.push(...(await drawn(screen, round)));
    arrivals.push(...(await visit(screen, watched)));
  }
  for (let round = 0; round < asked.rounds; round += 1)
    arrivals.push(await press(screen, watched, ['Mine', 'Queue', 'Team'][round % 3] ?? 'Team'));
  const interactions = await watched.all();
  const arrived = ((wire.reads() - before) * 1_000) / (now() - start);
  await slowDown(cdp, 1);
  await traffic.stop();
  return { interactions, arrivals, frames, arrived };
}

const titleOf = ({ rows, rate }: Size): string =>
  `${rows.toLocaleString('en')} rows, ${rate} changes/s`;

function figuresOf(size: Size, { interactions, arrivals, frames, arrived }: Found): Measured {
  const kinds = [...new Set(interactions.map(({ kind }) => kind))];
  const took = (kind: string): number[] =>
    interactions.filter((one) => one.kind === kind).map((one) => one.took);
  const arriving = (at: Arrival['at']): number[] =>
    arrivals.filter((one) => one.at === at).map((one) => one.took);
  const ms = (
    what: string,
    samples: readonly number[],
    p: number,
    goal: number | null,
  ): Figure => ({
    name: `${titleOf(size)}: ${what}, p${p}`,
    value: percentile(samples, p),
    unit: 'ms',
    goal,
  });
  return {
    figures: [
      ...kinds.map((kind) => ms(kind, took(kind), 95, 150)),
      ms('the head of the conversation is there', arriving('conversation'), 95, null),
      ms('the list is there again', arriving('list'), 95, null),
      ms('the other list is there', arriving('other list'), 95, null),
      ms('scroll, frame', frames, 95, 150),
      ms('scroll, longest frame', frames, 100, null),
      {
        name: `${titleOf(size)}: changes that reached the phone`,
        value: arrived,
        unit: '/s',
        goal: null,
      },
    ],
    samples: Object.fromEntries([
      ...kinds.map((kind) => [`${titleOf(size)}: ${kind}`, took(kind)] as const),
      ...(['conversation', 'list', 'other list'] as const).map(
        (at) => [`${titleOf(size)}: ${at} there`, arriving(at)] as const,
      ),
      [`${titleOf(size)}: frame`, frames] as const,
    ]),
    setting: `${interactions.length} interactions with ${size.rows} rows in the workspace, ${size.loaded} of them loaded in the list of Team, changes in commits of ${size.together}`,
  };
}

await measure(async (asked) => {
  const { db } = portsOn(required('GCLOUD_PROJECT'));
  const triggers = await withoutTriggers();
  const browser = await openBrowser();
  const found: Measured[] = [];
  for (const size of SIZES) {
    await plant(db, size, asked.seed);
    const screen = await openPhone(browser);
    const wire = await watchWire(screen.cdp);
    await enter(screen.page, 'jonas');
    found.push(figuresOf(size, await use({ screen, wire }, db, size, asked)));
    await screen.page.context().close();
  }
  const version = browser.version();
  await browser.close();
  await triggers();
  return {
    figures: found.flatMap(({ figures }) => figures),
    samples: Object.assign({}, ...found.map(({ samples }) => samples)) as Measured['samples'],
    setting: `${found.map(({ setting }) => setting).join('; ')}; phone of 390 × 844, CPU ${SLOWDOWN} times slower, Chromium ${version}; Event Timing of real input, in steps of 8 ms`,
  };
});
