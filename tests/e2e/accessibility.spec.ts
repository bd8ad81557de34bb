import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { Colleague } from './support/colleague.ts';
import { aCustomer } from './support/customer.ts';

/** What axe finds on the page as it stands. */
const findings = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [
    id,
    nodes.map(({ html }) => html.slice(0, 160)),
  ]);

for (const theme of ['light', 'dark'] as const) {
  for (const phone of [true, false]) {
    test(`axe finds nothing on any screen, ${theme}, ${phone ? 'phone' : 'desktop'}`, async ({
      browser,
    }) => {
      const customer = aCustomer('Axe');
      await customer.write('See https://example.com and *this*');
      const ravi = await Colleague.enter(browser, 'ravi', { phone });
      await ravi.page.emulateMedia({ colorScheme: theme });
      for (const list of ['Mine', 'Queue', 'Team', 'All'] as const) {
        const tab = ravi.page.getByRole('tab', { name: new RegExp(`^${list}\\b`) });
        if ((await tab.count()) === 0) continue;
        await tab.click();
        await expect(tab).toHaveAttribute('aria-selected', 'true');
        expect(await findings(ravi.page), list).toEqual([]);
      }
      await ravi.page.goto(`/inbox/all/${await customer.conversationId()}`);
      await expect(ravi.thread.getByText('example.com')).toBeVisible();
      expect(await findings(ravi.page), 'conversation').toEqual([]);
      await ravi.page.goto('/people');
      await expect(ravi.page.getByText('Jonas', { exact: false }).first()).toBeVisible();
      expect(await findings(ravi.page), 'people').toEqual([]);
      await ravi.leave();
    });
  }
}

test('axe finds nothing on the sign-in page', async ({ page }) => {
  await page.goto('/signin');
  await expect(page.getByLabel('Work email')).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

test('the main job by keyboard alone', async ({ browser }) => {
  const customer = aCustomer('Keys');
  await customer.write('Only keys');
  const jonas = await Colleague.enter(browser, 'jonas');
  const { keyboard } = jonas.page;
  await keyboard.press('2');
  await jonas.find(customer.name);
  await jonas.row(customer.name).focus();
  await keyboard.press('Enter');
  await expect(jonas.page.getByRole('heading', { name: customer.name, level: 1 })).toBeFocused();
  const take = jonas.page.getByRole('button', { name: 'Take', exact: true }).first();
  for (
    let tabs = 0;
    tabs < 8 && !(await take.evaluate((it) => it === document.activeElement));
    tabs += 1
  )
    await keyboard.press('Tab');
  await keyboard.press('Enter');
  await expect(jonas.reply).toBeFocused();
  await keyboard.type('Answered by keyboard');
  await keyboard.press('Control+Enter');
  await expect(jonas.thread.getByText('Answered by keyboard')).toBeVisible();
  await expect.poll(async () => (await customer.received()).length).toBe(1);
  await jonas.leave();
});
