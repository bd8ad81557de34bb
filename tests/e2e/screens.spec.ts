import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Browser } from '@playwright/test';
import {
  pictureOf,
  SCREENS,
  sizesOf,
  THEMES,
  type Screen,
  type State,
} from '../../scripts/screens/catalogue.ts';
import {
  LANGUAGES,
  SIZES,
  Stage,
  type Device,
  type Language,
  type Who,
} from '../../scripts/screens/stage.ts';
import { axeFindings } from './support/axe.ts';
import { examine } from './support/examine.ts';
import { world } from './support/screens-world.ts';

/*
 * Every screen in every state, size and theme; a choice of them in the other languages too. With
 * SCREENS_FOLDER a picture of each is left there, also where something is found.
 */

test.describe.configure({ timeout: 40_000 });

const folder = process.env.SCREENS_FOLDER;
if (folder) mkdirSync(folder, { recursive: true });

// Signing in takes longer than looking: each person stays, one page for each device and language.
const stages = new Map<string, Promise<Stage>>();
function stageOf(
  browser: Browser,
  who: Who,
  on: { device: Device; language: Language },
): Promise<Stage> {
  const key = [who, on.device, on.language].join();
  const stage = stages.get(key) ?? Stage.enter(browser, who, { ...on, world });
  stages.set(key, stage);
  return stage;
}
test.afterAll(async () => {
  for (const stage of stages.values()) await (await stage).page.context().close();
  stages.clear();
});

/** Brings a state about, looks at it, and leaves the page as it was. */
async function inState(at: Stage, state: State, look: () => Promise<void>): Promise<void> {
  try {
    await state.show(at);
    await look();
  } finally {
    await at.mend();
    await at.page.setViewportSize(SIZES[at.device]);
    await at.page.emulateMedia({ colorScheme: 'light' });
    await state.after?.(at);
  }
}

/** What is wrong with a state on the sizes of a device, in both themes. */
async function lookAt(at: Stage, screen: Screen, state: State): Promise<readonly string[]> {
  const found: string[] = [];
  for (const size of sizesOf(state).filter((each) => SIZES[each].device === at.device)) {
    await at.page.setViewportSize(SIZES[size]);
    for (const theme of THEMES) {
      await at.page.emulateMedia({ colorScheme: theme });
      await at.still();
      if (folder) {
        const file = path.join(folder, pictureOf(screen, state, size, theme));
        await at.page.screenshot({ path: file });
      }
      const here = [
        ...(await axeFindings(at.page, { colours: theme === 'dark' })),
        ...(theme === 'dark' ? [] : await examine(at.page, { targets: at.device === 'phone' })),
      ];
      found.push(...here.map((each) => `${size}, ${theme}: ${each}`));
    }
  }
  return found;
}

const STATES = SCREENS.flatMap((screen) => screen.states.map((state) => ({ screen, state })));

for (const { screen, state } of STATES)
  for (const device of ['phone', 'desktop'] as const) {
    if (!sizesOf(state).some((size) => SIZES[size].device === device)) continue;
    test(`${screen.name}, ${state.name}, on a ${device}`, async ({ browser }) => {
      const at = await stageOf(browser, state.who, { device, language: 'en' });
      let found: readonly string[] = [];
      await inState(at, state, async () => {
        found = await lookAt(at, screen, state);
      });
      expect(found).toEqual([]);
    });
  }

for (const language of LANGUAGES.filter((each) => each !== 'en'))
  for (const { screen, state } of STATES.filter((each) => each.state.spoken))
    test(`${screen.name}, ${state.name}, fits in ${language}`, async ({ browser }) => {
      const at = await stageOf(browser, state.who, { device: 'phone', language });
      const found: string[] = [];
      await inState(at, state, async () => {
        for (const size of ['phone', 'small'] as const) {
          await at.page.setViewportSize(SIZES[size]);
          await at.still();
          const here = await examine(at.page, { targets: true });
          found.push(...here.map((each) => `${size}: ${each}`));
        }
        // No language runs right to left yet; the screens can.
        await at.page.evaluate(() => (document.documentElement.dir = 'rtl'));
        const mirrored = await examine(at.page, { targets: false });
        found.push(...mirrored.map((each) => `right to left: ${each}`));
        await at.page.evaluate(() => document.documentElement.removeAttribute('dir'));
      });
      expect(found).toEqual([]);
    });
