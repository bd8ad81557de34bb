import { expect, type Locator, type Page } from '@playwright/test';

/** Counts presses of a mouse or a finger from here on; a person without either makes none. */
export async function countPresses(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const counted = window as unknown as { presses?: number };
    addEventListener('pointerdown', () => (counted.presses = (counted.presses ?? 0) + 1), true);
  });
  return () => page.evaluate(() => (window as unknown as { presses?: number }).presses ?? 0);
}

/** Where the focus is, for a message: "body" is nowhere. */
const place = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement ?? document.body;
    const name = at.getAttribute('aria-label') ?? at.textContent ?? '';
    return at === document.body
      ? 'body'
      : `${at.tagName.toLowerCase()} ${name.trim().slice(0, 40)}`;
  });

/** The focus is somewhere, and a person sees where: by its own outline or by that of its label. */
export async function expectFocusSeen(page: Page): Promise<void> {
  await expect.poll(() => place(page)).not.toBe('body');
  const seen = () =>
    page.evaluate(() => {
      const at = document.activeElement ?? document.body;
      const around = [at, at.nextElementSibling, at.closest('label')].filter(
        (each) => each !== null,
      );
      return around.some((each) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(each);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
      });
    });
  await expect.poll(seen, { message: `focus on ${await place(page)}` }).toBe(true);
}

/** Presses a key until the focus is there, seen at each step. */
export async function goTo(page: Page, target: Locator, key = 'Tab', atMost = 40): Promise<void> {
  const reached = () => target.evaluate((it) => it === document.activeElement).catch(() => false);
  for (let steps = 0; steps < atMost && !(await reached()); steps += 1) {
    await page.keyboard.press(key);
    await expectFocusSeen(page);
  }
  await expect(target).toBeFocused();
}
