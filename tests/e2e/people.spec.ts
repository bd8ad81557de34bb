import { expect, test } from '@playwright/test';
import { Colleague } from './support/colleague.ts';
import { aCustomer } from './support/customer.ts';

test('switching a colleague off signs them out at once, and nothing of theirs goes through any more', async ({
  browser,
}) => {
  const customer = aCustomer('Switch');
  await customer.write('Anyone?');
  const marek = await Colleague.enter(browser, 'marek', { phone: true });
  await marek.list('Queue');
  await marek.find(customer.name);
  const ravi = await Colleague.enter(browser, 'ravi');
  await ravi.page.goto('/people');

  await ravi.page.getByRole('button', { name: /Marek/ }).first().click();
  await ravi.page
    .getByRole('button', { name: /^Switch off/ })
    .first()
    .click();
  await ravi.page
    .getByRole('dialog')
    .getByRole('button', { name: /^Switch off/ })
    .last()
    .click();

  await expect(marek.page.getByText('Your account was switched off.')).toBeVisible();
  const kept = () =>
    marek.page.evaluate(async () =>
      (await indexedDB.databases()).filter(({ name }) => name?.includes('firestore')),
    );
  await expect.poll(kept).toEqual([]);

  await expect(ravi.page.getByText(/Marek.* is switched off/).first()).toBeVisible();
  await marek.leave();
  await ravi.leave();
});

test('People is for admins: an agent finds no way to it, and its address leads back to the inbox', async ({
  browser,
}) => {
  const jonas = await Colleague.enter(browser, 'jonas');
  await expect(jonas.page.getByRole('link', { name: 'People' })).toHaveCount(0);
  await jonas.page.goto('/people');
  await expect(jonas.page.getByRole('tab', { name: /^Mine/ })).toBeVisible();
  await expect(jonas.page).toHaveURL(/\/inbox\/mine/);
  await jonas.leave();
});
