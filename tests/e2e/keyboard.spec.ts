import { expect, test } from '@playwright/test';
import { aCustomer } from './support/customer.ts';
import { countPresses, expectFocusSeen, goTo } from './support/focus.ts';

test.use({ viewport: { width: 1440, height: 900 } });

test('the main job by keyboard alone: the focus is always seen, and never lost', async ({
  page,
}) => {
  const customer = aCustomer('Keys');
  await customer.write('Only keys');
  const presses = await countPresses(page);
  const { keyboard } = page;
  const button = (name: string) => page.getByRole('button', { name, exact: true }).first();
  const reply = page.getByRole('textbox', { name: 'Reply on WhatsApp' });
  const heading = page.getByRole('heading', { name: customer.name, level: 1 });
  const thread = page.getByRole('log');

  await page.goto('/');
  await goTo(page, page.getByLabel('Work email'));
  await keyboard.type('carmen@demo.test');
  await goTo(page, page.getByLabel('Password'));
  await keyboard.type('switchboard');
  await keyboard.press('Enter');

  const tab = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}\\b`) });
  await expect(tab('Mine')).toBeVisible();
  await goTo(page, tab('Mine'));
  await goTo(page, tab('Queue'), 'ArrowRight');
  const row = page.getByRole('link', { name: new RegExp(`^${customer.name},`) });
  await expect(page.getByRole('link', { name: /waiting/ }).first()).toBeVisible();
  await goTo(page, row, 'j', 60);
  await keyboard.press('Enter');
  await expect(heading).toBeFocused();

  await goTo(page, button('Take'));
  await keyboard.press('Enter');
  await expect(reply).toBeFocused();
  await keyboard.type('Answered by keyboard');
  await keyboard.press('Control+Enter');
  await expect(thread.getByText('Answered by keyboard')).toBeVisible();
  await expect(reply).toHaveValue('');
  await expect(reply).toBeFocused();
  await expect.poll(async () => (await customer.received()).length).toBe(1);

  await goTo(page, button('Assign'), 'Shift+Tab');
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectFocusSeen(page);
  const first = page
    .getByRole('dialog')
    .getByRole('radio', { name: /^Carmen|^Dana|^Ana/ })
    .first();
  await expect(first).toBeVisible();
  const ana = page.getByRole('radio', { name: /^Ana/ });
  await goTo(page, page.getByRole('dialog').getByRole('radio').and(page.locator('input')).first());
  for (let steps = 0; steps < 12 && !(await ana.isChecked()); steps += 1)
    await keyboard.press('ArrowDown');
  await goTo(page, button('Give it to Ana Ruiz'));
  await keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByText('Ana Ruiz').first()).toBeVisible();
  await expectFocusSeen(page);

  await goTo(page, button('Resolve'));
  await keyboard.press('Enter');
  await expect(page.getByText('The case is resolved. Reopen it to reply.')).toBeVisible();
  await expectFocusSeen(page);
  await goTo(page, button('Reopen'));
  await keyboard.press('Enter');
  await expect(reply).toBeFocused();
  await expectFocusSeen(page);

  await keyboard.press('Escape');
  await keyboard.press('Escape');
  await expect(tab('Queue')).toHaveAttribute('aria-selected', 'true');
  await expect(heading).toHaveCount(0);
  await expectFocusSeen(page);
  expect(await presses()).toBe(0);
});
