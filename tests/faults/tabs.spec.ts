import { expect, test } from '@playwright/test';
import { atWork, BACK, sendButton, textsOf } from '../support/faults/at-work.ts';

/* Two tabs of one person. */

test('two tabs live side by side, share one draft, and send it once when both press at the same moment', async ({
  browser,
}) => {
  const { jonas: first, customer } = await atWork(browser, {});
  const second = await first.tab();
  await expect(second.reply).toBeEditable();
  await customer.write('Are you still there?');
  for (const tab of [first, second])
    await expect(tab.thread.getByText('Are you still there?')).toBeVisible();

  await first.reply.pressSequentially('Typed in the first');
  await expect(second.reply).toHaveValue('Typed in the first');
  await second.reply.pressSequentially(', and in the second');
  await expect(first.reply).toHaveValue('Typed in the first, and in the second');

  await Promise.all([first, second].map((tab) => tab.reply.press('Enter')));
  for (const tab of [first, second]) await expect(tab.reply).toHaveValue('');
  const sent = ['Typed in the first, and in the second'];
  await expect.poll(() => textsOf(customer)).toEqual(sent);
  for (const tab of [first, second])
    await expect(tab.thread.getByText(sent[0] ?? '')).toHaveCount(1);

  await first.reply.fill('Thanks');
  await sendButton(first).click();
  await expect.poll(() => textsOf(customer)).toEqual([...sent, 'Thanks']);
  await first.leave();
});

test('a draft of one tab outlives a reload of the other without a connection, and signing out in one signs out both', async ({
  browser,
}) => {
  const { jonas: first } = await atWork(browser, {});
  await first.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const second = await first.tab();
  await expect(second.reply).toBeEditable();
  await first.context.setOffline(true);
  await first.reply.fill('Typed without a connection');
  await expect(second.reply).toHaveValue('Typed without a connection');
  await second.page.reload();
  await expect(second.reply).toHaveValue('Typed without a connection', BACK);
  await first.context.setOffline(false);
  await expect(first.page.getByText('Live', { exact: true })).toBeVisible(BACK);
  await expect(first.reply).toHaveValue('Typed without a connection');

  await second.page.getByRole('button', { name: /^You, / }).click();
  await second.page.getByRole('button', { name: 'Sign out', exact: true }).click();
  for (const tab of [first, second])
    await expect(tab.page.getByLabel('Work email')).toBeVisible(BACK);
  await first.leave();
});
