/**
 * The browser of the end-to-end tests: the one that is there (CHROMIUM_PATH, Playwright's own, the
 * system's), else Playwright's download, else, in .ci/run and as root only, the system's package.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { BIN } from './paths.mjs';
import { run, toolEnv, which } from './processes.mjs';
import { Problem, step } from './say.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The browser that is there and starts, or null. @returns {Promise<string | null>} its executable */
export async function browserHere() {
  for (const file of [await playwrights(), ...NAMES.map(which), ...ELSEWHERE]) {
    if (file && existsSync(file) && (await starts(file))) return file;
  }
  return null;
}

/** The browser, brought here if need be. @returns {Promise<string>} its executable */
export async function findBrowser() {
  const asked = process.env.CHROMIUM_PATH;
  if (asked) {
    if (await starts(asked)) return asked;
    throw new Problem(
      `CHROMIUM_PATH is ${asked}, which does not start.`,
      'Point it to a Chromium or Chrome, or leave it unset.',
    );
  }
  const found = (await browserHere()) ?? (await downloaded()) ?? (await packaged());
  if (found) return found;
  throw new Problem(
    'There is no browser for the end-to-end tests, and none could be downloaded.',
    'Install Chromium or Chrome, or set CHROMIUM_PATH to one, and run the command again.',
  );
}

/** Whether it runs at all: a download may lack the system's libraries. @param {string} file */
const starts = async (file) =>
  (await run(file, ['--version'], {}).catch(() => ({ code: 1 }))).code === 0;

/** Where Playwright keeps its own; null where the package is missing. */
const playwrights = async () => {
  const playwright = await import('@playwright/test').catch(() => null);
  return playwright ? playwright.chromium.executablePath() : null;
};

/** @returns {Promise<string | null>} */
async function downloaded() {
  await step('Download a browser for the end-to-end tests', async (busyWith) => {
    await run(path.join(BIN, 'playwright'), ['install', 'chromium'], { onLine: busyWith });
  });
  return browserHere();
}

/** @returns {Promise<string | null>} */
async function packaged() {
  if (process.env.SWITCHBOARD_CI !== '1' || process.getuid?.() !== 0 || !which('apt-get'))
    return null;
  await step("Install the system's browser (apt-get install chromium)", async (busyWith) => {
    const env = toolEnv({ DEBIAN_FRONTEND: 'noninteractive' });
    await run('apt-get', ['update'], { env, onLine: busyWith });
    await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
      env,
      onLine: busyWith,
    });
  });
  return browserHere();
}
