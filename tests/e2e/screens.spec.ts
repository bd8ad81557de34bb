import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Browser } from '@playwright/test';
import { pictureOf, SCREENS, sizesOf, THEMES } from '../../scripts/screens/catalogue.ts';
import { SIZES, Stage, type Device, type Who } from '../../scripts/screens/stage.ts';
import { axeFindings } from './support/axe.ts';
import { examine } from './support/examine.ts';
import { world } from './support/screens-world.ts';

/*
 * Every screen in every state, size and theme. With SCREENS_FOLDER a picture of each is left there,
 * also where something is found.
 */

const folder = process.env.SCREENS_FOLDER;
if (folder) mkdirSync(folder, { recursive: true });

// Signing in takes longer than looking: each person stays, one page for each device.
const stages = new Map<string, Promise<Stage>>();
function stageOf(browser: Browser, who: Who, device: Device): Promise<Stage> {
  const key = `${who} ${device}`;
  const stage = stages.get(key) ?? Stage.enter(browser, who, { device, world });
  stages.set(key, stage);
  return stage;
}
test.afterAll(async () => {
  for (const stage of stages.values()) await (await stage).page.context().close();
  stages.clear();
});

for (const screen of SCREENS)
  for (const state of screen.states)
    for (const device of ['phone', 'desktop'] as const) {
      const sizes = sizesOf(state).filter((size) => SIZES[size].device === device);
      if (sizes.length === 0) continue;
      test(`${screen.name}, ${state.name}, on a ${device}`, async ({ browser }) => {
        const at = await stageOf(browser, state.who, device);
        const found: string[] = [];
        try {
          await state.show(at);
          for (const size of sizes) {
            const { width, height } = SIZES[size];
            await at.page.setViewportSize({ width, height });
            for (const theme of THEMES) {
              await at.page.emulateMedia({ colorScheme: theme });
              await at.still();
              const file = pictureOf(screen, state, size, theme);
              if (folder) await at.page.screenshot({ path: path.join(folder, file) });
              const here = [
                ...(await axeFindings(at.page)),
                ...(await examine(at.page, { targets: device === 'phone' })),
              ];
              found.push(...here.map((each) => `${size}, ${theme}: ${each}`));
            }
          }
        } finally {
          await at.mend();
          await at.page.setViewportSize(SIZES[device]);
          await at.page.emulateMedia({ colorScheme: 'light' });
          await state.after?.(at);
        }
        expect(found).toEqual([]);
      });
    }
