import { expect, test } from '@playwright/test';

test('a row heeds the finger also while its list comes to rest', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /^Carmen Ortega/ }).click();
  await page.getByRole('tab', { name: /^Queue \d/ }).click();
  const rows = page.getByRole('list', { name: 'Conversations: Queue' });
  await expect(rows.getByRole('listitem').nth(5)).toBeVisible();

  const touched = await rows.evaluate(async (list) => {
    list.parentElement?.scrollBy(0, 40);
    // The list has heard of it: nothing less than its being drawn would show what it does to the rows.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const under = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    return Boolean(under?.closest('[data-row]'));
  });
  expect(touched).toBe(true);
});
