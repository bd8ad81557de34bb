import { expect, test } from '@playwright/test';
import { required } from '../e2e/support/local-system.ts';
import { atWork, sendButton, textsOf } from '../support/faults/at-work.ts';
import { openVersions, type Versions } from '../support/faults/versions.ts';
import type { Colleague } from '../e2e/support/colleague.ts';

/* A new version of the app comes out while somebody writes. */

let versions: Versions;
test.beforeEach(async () => {
  versions = await openVersions(required('SWITCHBOARD_URL'));
});
test.afterEach(() => versions.close());

const OFFER = 'New version, reload when you like';

const reload = (of: Colleague) => of.page.getByRole('button', { name: 'Reload' });

/** Waits until the worker has the page in its hands, as at every visit but the first. */
async function inWorkersHands({ page }: Colleague): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/** What brings a browser to look for a new version: the person comes back to the tab. */
const comeBack = ({ page }: Colleague): Promise<boolean> =>
  page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

/** What the page was started from: another one in another version. */
const start = ({ page }: Colleague) => page.locator('script[type=module]').first();

const versionOf = async (of: Colleague): Promise<string> =>
  (await start(of).getAttribute('src')) ?? '';

test('it is offered and waits, the text outlives the reload, and what is still old says that it can’t go on', async ({
  browser,
}) => {
  const { jonas: first, customer } = await atWork(browser, { at: versions.url });
  await inWorkersHands(first);
  const second = await first.tab();
  await second.list('Queue');
  const before = await versionOf(first);
  await first.reply.fill('Half a sen');

  versions.release();
  await comeBack(first);
  await expect(first.page.getByText(OFFER)).toBeVisible();
  await expect(second.page.getByText(OFFER)).toBeVisible();
  await first.reply.pressSequentially('tence');
  await expect(first.reply).toHaveValue('Half a sentence');
  expect(await versionOf(first)).toBe(before);

  await reload(first).click();
  await expect(start(first)).not.toHaveAttribute('src', before);
  await expect(first.reply).toHaveValue('Half a sentence');
  await sendButton(first).click();
  await expect.poll(() => textsOf(customer)).toEqual(['Half a sentence']);

  await second.page.getByRole('button', { name: /^You, / }).click();
  await expect(second.page.getByText(/This part could not be loaded/)).toBeVisible();
  await reload(second).last().click();
  await expect(start(second)).not.toHaveAttribute('src', before);
  await second.page.getByRole('button', { name: /^You, / }).click();
  await expect(second.page.getByRole('button', { name: 'Sign out', exact: true })).toBeVisible();
  await first.leave();
});

test('the offer still works in a tab after another tab has let the new version in', async ({
  browser,
}) => {
  const { jonas: first } = await atWork(browser, { at: versions.url });
  await inWorkersHands(first);
  const second = await first.tab();
  await expect(second.reply).toBeEditable();
  const before = await versionOf(first);
  versions.release();
  await comeBack(first);
  for (const tab of [first, second]) await expect(tab.page.getByText(OFFER)).toBeVisible();
  await reload(first).click();
  await expect(start(first)).not.toHaveAttribute('src', before);
  await second.reply.fill('Not lost');
  await reload(second).click();
  await expect(start(second)).not.toHaveAttribute('src', before);
  await expect(second.reply).toHaveValue('Not lost');
  await first.leave();
});

test('a chunk that is gone is answered by "not found", never by the page', async ({ request }) => {
  const gone = await request.get('/assets/inbox-OldHash1.js');
  expect(gone.status()).toBe(404);
  expect((await request.get('/inbox/mine')).status()).toBe(200);
});
