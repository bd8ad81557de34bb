import { expect, test } from '@playwright/test';
import { aCustomer } from './support/customer.ts';

test.use({ viewport: { width: 390, height: 844 } });

/* As somebody works who hears the screen: nothing is found but by its role and its name. */

test('the main job by roles and names alone', async ({ page }) => {
  const customer = aCustomer('Roles');
  await customer.write('Only words');
  await page.goto('/');
  await page.getByRole('button', { name: /^Carmen Ortega/ }).click();

  await page.getByRole('tab', { name: /^Queue \d/ }).click();
  await expect(page.getByRole('region', { name: 'Queue' })).toBeVisible();
  const rows = page.getByRole('list', { name: 'Conversations: Queue' });
  const row = rows.getByRole('link', {
    name: new RegExp(`^${customer.name}, 1 unread, no one has it yet, waiting .*, window `),
  });
  // Rows further down come as one goes down.
  await expect(async () => {
    await rows.getByRole('link').last().focus();
    await expect(row).toHaveAccessibleDescription('Only words', { timeout: 300 });
  }).toPass();
  await row.press('Enter');

  await expect(page.getByRole('heading', { name: customer.name, level: 1 })).toBeFocused();
  const thread = page.getByRole('log', { name: `Conversation with ${customer.name}` });
  const entry = (text: string) => thread.getByRole('listitem').filter({ hasText: text });
  await expect(entry('Only words')).toBeVisible();

  await page.getByRole('button', { name: 'Take', exact: true }).click();
  const reply = page.getByRole('textbox', { name: 'Reply on WhatsApp' });
  await expect(reply).toBeFocused();
  await expect(reply).toHaveAccessibleDescription(`${customer.name} reads this on WhatsApp`);
  await reply.fill('Answered by words');
  await page.getByRole('button', { name: 'Send on WhatsApp' }).click();
  await expect(entry('Answered by words')).toBeVisible();
  await expect(thread.getByRole('img', { name: /^(Sent|Delivered|Read)$/ })).toBeVisible();

  const act = async (name: string) => {
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menu', { name: 'More actions' }).getByRole('menuitem', { name }).click();
  };
  await act('Assign');
  const sheet = page.getByRole('dialog', { name: `Assign ${customer.name}` });
  await sheet
    .getByRole('group', { name: 'Colleague' })
    .getByRole('radio', { name: /^Ana/ })
    .check();
  await sheet.getByRole('button', { name: 'Give it to Ana Ruiz' }).click();
  await expect(sheet).toHaveCount(0);
  await expect(entry('You gave it to Ana Ruiz')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Write' }).getByRole('status')).toContainText(
    'Ana Ruiz has had this since',
  );

  await act('Resolve');
  await expect(entry('You resolved the case')).toBeVisible();
  await page.getByRole('button', { name: 'Reopen' }).click();
  await expect(reply).toBeFocused();
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(page.getByRole('tab', { name: /^Queue/ })).toHaveAttribute('aria-selected', 'true');
});
