/** Row 3: from a customer's send to the pixels in front of an agent. */
import { setTimeout as wait } from 'node:timers/promises';
import { COLLECTIONS } from '@switchboard/domain';
import { portsOn, TEST_APP_SECRET } from '@switchboard/functions/testing';
import { startSandbox } from '@switchboard/sandbox';
import type { Page } from '@playwright/test';
import { measure, now, required, type Asked, type Figure, type Measured } from './lib/row.ts';
import { openBrowser, paintedAt, rowOf, signIn, THREAD } from './lib/screen.ts';
import { percentile } from './lib/stats.ts';
import { startHandler } from './webhook/handler.ts';

/** Two a second. */
const EVERY = 500;
/** Messages before the first that counts. */
const WARM_UP = 6;

type Firestore = ReturnType<typeof portsOn>['db'];

/** A customer with a conversation in the queue. */
interface Customer {
  readonly from: string;
  readonly name: string;
  readonly conversationId: string;
}

/** A way that messages come: the sandbox whose webhook is the one or the other. */
interface Way {
  readonly name: string;
  readonly sandbox: string;
  readonly goals: readonly [p50: number | null, p95: number | null];
}

async function write(
  sandbox: string,
  { from, name }: Omit<Customer, 'conversationId'>,
  text: string,
) {
  const answer = await fetch(`${sandbox}/_sandbox/inbound`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ from, name, message: { type: 'text', text: { body: text } } }),
  });
  const { status } = (await answer.json()) as { status: number };
  if (status !== 200) throw new Error(`The webhook answered ${status} instead of 200.`);
}

/** Somebody new writes for the first time. */
async function arrive(db: Firestore, way: Way, index: number): Promise<Customer> {
  const number = `${String(Date.now()).slice(-6)}${index}`;
  const who = { from: `1555${number}`, name: `${way.name} ${number}` };
  await write(way.sandbox, who, 'Hello');
  const mine = db.collection(COLLECTIONS.conversations).where('contact.name', '==', who.name);
  for (;;) {
    const id = (await mine.get()).docs[0]?.id;
    if (id !== undefined) return { ...who, conversationId: id };
    await wait(50);
  }
}

/** What was painted of one message, ms after it was to be sent. */
interface Painted {
  readonly row: number;
  /** Only of the customer whose conversation is open. */
  readonly bubble: number | null;
}

async function sendAt(
  intended: number,
  page: Page,
  way: Way,
  { customer, text, open }: { customer: Customer; text: string; open: boolean },
): Promise<Painted> {
  const row = paintedAt(page, rowOf(customer.conversationId), text);
  const bubble = open ? paintedAt(page, THREAD, text) : Promise.resolve(null);
  await wait(Math.max(0, intended - now()));
  const [rowAt, bubbleAt] = await Promise.all([row, bubble, write(way.sandbox, customer, text)]);
  return { row: rowAt - intended, bubble: bubbleAt === null ? null : bubbleAt - intended };
}

async function along(page: Page, db: Firestore, way: Way, rounds: number): Promise<Painted[]> {
  const customers = await Promise.all([0, 1].map((index) => arrive(db, way, index)));
  const [first] = customers as [Customer];
  await page.getByRole('tab', { name: /^Queue\b/ }).click();
  await page.locator(`${rowOf(first.conversationId)} a`).click();
  await page.locator(THREAD).filter({ hasText: 'Hello' }).first().waitFor();
  const start = now() + EVERY;
  const sends = Array.from({ length: WARM_UP + rounds }, (_, index) => {
    const customer = customers[index % customers.length] ?? first;
    const text = `${way.name} message ${index}.`;
    const intended = start + index * EVERY;
    return wait(Math.max(0, intended - now() - EVERY / 2)).then(() =>
      sendAt(intended, page, way, { customer, text, open: customer === first }),
    );
  });
  return (await Promise.all(sends)).slice(WARM_UP);
}

function figuresOf(way: Way, painted: readonly Painted[]): Measured {
  const rows = painted.map(({ row }) => row);
  const bubbles = painted.flatMap(({ bubble }) => bubble ?? []);
  const [p50, p95] = way.goals;
  const figure = (title: string, samples: readonly number[], p: number, goal: number | null) =>
    ({
      name: `${way.name}: ${title}, p${p}`,
      value: percentile(samples, p),
      unit: 'ms',
      goal,
    }) satisfies Figure;
  return {
    figures: [
      figure('row in the queue', rows, 50, p50),
      figure('row in the queue', rows, 95, p95),
      figure('bubble in the open conversation', bubbles, 50, p50),
      figure('bubble in the open conversation', bubbles, 95, p95),
    ],
    samples: { [`${way.name}: row`]: rows, [`${way.name}: bubble`]: bubbles },
    setting: `${rows.length} messages`,
  };
}

async function waysOver(asked: Asked, project: string, page: Page, db: Firestore) {
  const handler = await startHandler(project, 1);
  const sandbox = await startSandbox({
    port: 0,
    webhookUrl: `http://127.0.0.1:${handler.ports[0] ?? ''}/whatsapp/webhook`,
    appSecret: TEST_APP_SECRET,
  });
  const ways: readonly Way[] = [
    { name: 'plain handler', sandbox: sandbox.url, goals: [100, 250] },
    {
      name: 'Functions emulator',
      sandbox: required('SWITCHBOARD_SANDBOX_URL'),
      goals: [null, null],
    },
  ];
  const found: Measured[] = [];
  for (const way of ways) found.push(figuresOf(way, await along(page, db, way, asked.rounds)));
  await sandbox.stop();
  handler.stop();
  return found;
}

await measure(async (asked) => {
  const project = required('GCLOUD_PROJECT');
  const { db } = portsOn(project);
  const browser = await openBrowser();
  const page = await signIn(browser, 'jonas');
  const found = await waysOver(asked, project, page, db);
  const version = browser.version();
  await browser.close();
  return {
    figures: found.flatMap(({ figures }) => figures),
    samples: Object.assign({}, ...found.map(({ samples }) => samples)) as Measured['samples'],
    setting: `${asked.rounds} messages each way, 2/s, of two customers by turns, the first one's conversation open; Chromium ${version}, desktop, the demo workspace behind it`,
  };
});
