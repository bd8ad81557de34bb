/** A thumb on a phone: real touches, at places and not on elements, as a person's are. */
import type { Locator, Page } from '@playwright/test';
import type { Screen } from './phone.ts';

/** Touches the middle of an element where it is at this moment. */
export async function touch(page: Page, target: Locator): Promise<void> {
  const box = await target.boundingBox();
  if (!box) throw new Error('What was to be touched is not on the screen.');
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
}

/** Draws the page along, px; positive towards what is above. Resolves when it has come to rest. */
export async function flick({ cdp }: Screen, distance: number, speed = 4_000): Promise<void> {
  await cdp.send('Input.synthesizeScrollGesture', {
    x: 195,
    y: 400,
    yDistance: distance,
    speed,
    gestureSourceType: 'touch',
  });
}
