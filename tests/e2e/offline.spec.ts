import { expect, test } from '@playwright/test';
import { Colleague } from './support/colleague.ts';
import { aCustomer } from './support/customer.ts';

test('the app starts offline to the kept inbox, says so, and keeps what is typed', async ({
  browser,
}) => {
  const customer = aCustomer('Offline');
  await customer.write('Are you there?');
  const jonas = await Colleague.enter(browser, 'jonas');
  await jonas.list('Queue');
  await jonas.open(customer.name);
  await jonas.act('Take');
  await expect(jonas.reply).toBeEditable();
  await jonas.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await jonas.list('Mine');
  await jonas.find(customer.name);
  await jonas.open(customer.name);

  await jonas.context.setOffline(true);
  await jonas.page.reload();
  await expect(jonas.page.getByText(/^Offline/).first()).toBeVisible();
  await expect(jonas.thread.getByText('Are you there?')).toBeVisible();
  await jonas.reply.fill('I am in a lift');
  await expect(jonas.page.getByText(/Your text is kept and was not sent/)).toBeVisible();

  await jonas.context.setOffline(false);
  await expect(jonas.page.getByText('Live', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(jonas.reply).toHaveValue('I am in a lift');
  expect(await customer.received()).toEqual([]);
  await jonas.page.getByRole('button', { name: 'Send on WhatsApp' }).click();
  await expect(jonas.thread.getByText('I am in a lift')).toBeVisible();
  await expect.poll(async () => (await customer.received()).length).toBe(1);
  await jonas.leave();
});
