import { defineConfig, devices } from '@playwright/test';

/**
 * Run by `npm test -- e2e`, which starts the local system and says where it is. `*.phone.spec.ts` runs
 * at phone size, every other spec on a desktop; a spec that needs several people opens its own contexts.
 */
const baseURL = process.env.E2E_BASE_URL;
if (!baseURL)
  throw new Error('These tests need the local system: run them with "npm test -- e2e".');

const launchOptions = {
  ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
  // Chromium refuses its sandbox to root, which is what containers run as.
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    // A microphone that hums, and that is allowed without a question.
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
  ],
};

export default defineConfig({
  testDir: '.',
  outputDir: '../../.cache/e2e',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL,
    launchOptions,
    locale: 'en-GB',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'desktop',
      testIgnore: '**/*.phone.spec.ts',
      use: { ...devices['Desktop Chrome'], launchOptions },
    },
    {
      name: 'phone',
      testMatch: '**/*.phone.spec.ts',
      use: { ...devices['Pixel 7'], launchOptions },
    },
  ],
});
