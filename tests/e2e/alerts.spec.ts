import { expect, test } from '@playwright/test';
import { tellOfTemplate } from './support/account.ts';
import { Colleague } from './support/colleague.ts';

test('a supervisor is told that a template was paused, and says that it is seen', async ({
  browser,
}) => {
  const name = `order_ready_${Date.now()}`;
  const carmen = await Colleague.enter(browser, 'carmen');
  const { page } = carmen;
  await tellOfTemplate('PAUSED', name);
  const you = page.getByRole('button', { name: /^You, Carmen.*There is a new alert/ });
  await you.filter({ visible: true }).click();
  await page.getByRole('link', { name: /^Alerts/ }).click();
  const row = page.getByRole('listitem').filter({ hasText: name });
  await expect(row.getByText(/has paused this template/)).toBeVisible();
  await row.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(row.getByText(/has seen it/)).toBeVisible();
  await carmen.leave();
});

test('alerts are nothing for an agent', async ({ browser }) => {
  const jonas = await Colleague.enter(browser, 'jonas');
  await jonas.page.goto('/alerts');
  await expect(jonas.page.getByRole('tab', { name: /^Mine/ })).toBeVisible();
  await jonas.leave();
});
