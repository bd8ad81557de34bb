/** Row 4: from one agent's press of Take to the pixels in front of another, with four more listening. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { agentPath, COLLECTIONS, personOf, type Claims } from '@switchboard/domain';
import { portsOn } from '@switchboard/functions/testing';
import { openClients, quietly } from '../tests/support/data/clients.ts';
import {
  listQueries,
  listsOf,
  sectionsOf,
  type QuerySpec,
  type Reader,
} from '../web/src/data/queries.ts';
import { measure, required, type Figure } from './lib/row.ts';
import {
  openBrowser,
  paintedAt,
  pressedAt,
  rememberPresses,
  rowOf,
  SCREEN,
  signIn,
} from './lib/screen.ts';
import { percentile } from './lib/stats.ts';

/** They listen as the app does, without a screen: one browser for each would measure the browsers. */
const LISTENERS = ['marek', 'nadia', 'dana', 'carmen'];
/** A conversation of the demo that waits in support's queue. */
const CUSTOMER = 'Sofia Almeida';
const WARM_UP = 3;
/** Between putting back and the next Take, ms: what the one set off is no part of the other. */
const PAUSE = 700;

const project = required('GCLOUD_PROJECT');
const { db } = portsOn(project);

async function listen() {
  const clients = await openClients(project, required('FIRESTORE_EMULATOR_HOST'));
  let changes = 0;
  const leave: (() => void)[] = [];
  const refused = (error: Error): never => {
    throw error;
  };
  for (const uid of LISTENERS) {
    const claims = (await db.doc(agentPath(uid)).get()).get('claims') as Claims;
    const store = clients.storeOf(uid, claims);
    for (const query of queriesOf(personOf(uid, { ...claims }, null)))
      leave.push(store.listenRows(query, () => (changes += 1), refused));
  }
  const stop = (): Promise<void> => {
    leave.forEach((unsubscribe) => unsubscribe());
    return clients.close();
  };
  return { changes: () => changes, stop };
}

/** All that an inbox may have open. */
const queriesOf = (person: Reader): readonly QuerySpec[] =>
  listsOf(person, null).flatMap((list) =>
    sectionsOf(list).flatMap((section) => listQueries(list, section, person)),
  );

async function putBack(page: Page): Promise<void> {
  const name = 'Put back into the queue';
  const button = page.getByRole('button', { name, exact: true }).first();
  if (await button.isVisible()) return button.click();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name }).click();
}

/** What one Take came to, ms after the press. */
interface Seen {
  readonly thread: number;
  readonly row: number;
  readonly own: number;
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
  await take.click();
  await jonas.getByRole('textbox', { name: 'Reply on WhatsApp' }).waitFor();
  const [thread, row, own] = await watching;
  const pressed = await pressedAt(jonas);
  await putBack(jonas);
  await take.waitFor();
  await wait(PAUSE);
  return { thread: thread - pressed, row: row - pressed, own: own - pressed };
}

await measure(async (asked) => {
  quietly();
  const found = await db
    .collection(COLLECTIONS.conversations)
    .where('contact.name', '==', CUSTOMER)
    .get();
  const id = found.docs[0]?.id ?? '';
  const browser = await openBrowser();
  const [jonas, ana] = [await signIn(browser, 'jonas'), await signIn(browser, 'ana')];
  await Promise.all([jonas.goto(`/inbox/team/${id}`), ana.goto(`/inbox/team/${id}`)]);
  await rememberPresses(jonas);
  const others = await listen();
  const seen: Seen[] = [];
  for (let count = 0; count < WARM_UP + asked.rounds; count += 1)
    seen.push(await round(jonas, ana, id));
  const counted = seen.slice(WARM_UP);
  const changes = others.changes();
  await others.stop();
  const version = browser.version();
  await browser.close();
  const figure = (title: string, of: (one: Seen) => number, p: number, goal: number | null) =>
    ({
      name: `${title}, p${p}`,
      value: percentile(counted.map(of), p),
      unit: 'ms',
      goal,
    }) satisfies Figure;
  return {
    figures: [
      figure("the other's open conversation says so", ({ thread }) => thread, 50, null),
      figure("the other's open conversation says so", ({ thread }) => thread, 95, 150),
      figure("the other's row says so", ({ row }) => row, 50, null),
      figure("the other's row says so", ({ row }) => row, 95, 150),
      figure("the taker's own row says so", ({ own }) => own, 95, null),
    ],
    samples: {
      thread: counted.map(({ thread }) => thread),
      row: counted.map(({ row }) => row),
      own: counted.map(({ own }) => own),
    },
    setting: `${counted.length} times Take and back; two desktops in Chromium ${version}, ${LISTENERS.length} more agents listening to their lists through the web SDK (${changes} snapshots)`,
  };
});
