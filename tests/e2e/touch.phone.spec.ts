import { expect, test } from '@playwright/test';

test('a row heeds the finger also while its list comes to rest', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: /^Carmen Ortega/ }).click();
  await page.getByRole('tab', { name: /^Queue \d/ }).click();
  const rows = page.getByRole('list', { name: 'Conversations: Queue' });
  await expect(rows.getByRole('listitem').nth(5)).toBeVisible();

  const { scrolled, row, at } = await rows.evaluate(async (list) => {
    const box = list.parentElement;
    box?.scrollBy(0, 40);
    // Until the list has heard of it and is drawn as it is then.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const [x, y] = [innerWidth / 2, innerHeight / 2];
    const under = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-row]');
    return { scrolled: box?.scrollTop ?? 0, row: under?.dataset['row'] ?? null, at: { x, y } };
  });
  expect(scrolled).toBeGreaterThan(0);
  await page.touchscreen.tap(at.x, at.y);
  await expect(page).toHaveURL(new RegExp(`/inbox/queue/${row}$`));
});
