/** The second half of `npm run screens`: the demo workspace, the pictures, the page. */
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pictureOf, SHOWN } from '../screens/catalogue.ts';
import { gallery } from '../screens/gallery.ts';
import { findBrowser } from './browser.mjs';
import { CACHE, ROOT, shown } from './paths.mjs';
import { run, toolEnv } from './processes.mjs';
import { say } from './say.mjs';
import { secondHalf } from './second-half.mjs';
import { startTestSystem } from './test-system.mjs';
import { startTicker } from './ticker.mjs';
import { fillWorkspace } from './workspace.mjs';

const FOLDER = path.join(CACHE, 'screens');

await secondHalf(async ({ args }) => {
  const browser = await findBrowser();
  const system = await startTestSystem();
  try {
    await fillWorkspace(system.env);
    const ticker = startTicker(system.ports.tasks);
    const env = { ...system.env, CHROMIUM_PATH: browser };
    const code = args.includes('--shown') ? await drawShown(env) : await draw(env, args);
    ticker.stop();
    return code;
  } finally {
    await system.stop();
  }
});

/** Draws what pages of the repository show, and puts it there. @param {Record<string, string>} env */
async function drawShown(env) {
  const pictures = Object.entries(SHOWN);
  const named = pictures.map(([, { screen, state }]) => `${screen.name}, ${state}`);
  const code = await draw(env, [named.join('|')]);
  if (code !== 0) return code;
  for (const [file, { screen, state, size, theme }] of pictures) {
    const drawn = path.join(FOLDER, pictureOf(screen, { name: state }, size, theme));
    await copyFile(drawn, path.join(ROOT, file));
    say(`${file} is drawn anew.`);
  }
  return 0;
}

/**
 * Draws; a state that is not as it should be is drawn all the same, and makes the command fail.
 * @param {Record<string, string>} env
 * @param {string[]} names of states, or nothing for all
 */
async function draw(env, names) {
  if (names.length === 0) await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const chosen = names.length > 0 ? ['--grep', names.join(' ')] : [];
  // The other languages are looked at, not drawn.
  const only = [...chosen, '--grep-invert', ' fits in '];
  const { code } = await run(
    'playwright',
    ['test', '--config', 'tests/e2e/playwright.config.ts', '--reporter=list', ...only, 'screens'],
    { env: toolEnv({ ...env, SCREENS_FOLDER: FOLDER }), inherit: true },
  );
  await writeFile(path.join(FOLDER, 'index.html'), gallery());
  say(
    `The pictures are in ${shown(FOLDER)}; ${shown(path.join(FOLDER, 'index.html'))} shows them.`,
  );
  return code;
}
