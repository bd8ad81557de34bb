import { defineConfig } from '@playwright/test';
import endToEnd from '../e2e/playwright.config.ts';

/**
 * Run by `npm test -- faults`, after the faults of the functions. Every browser has a road of its own,
 * so that two tests side by side break only what is theirs.
 */
export default defineConfig({
  ...endToEnd,
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../.cache/faults',
  globalSetup: './carry.ts',
  // They mostly wait for a fault to have lasted.
  workers: 3,
  fullyParallel: true,
  timeout: 150_000,
  expect: { timeout: 30_000 },
});
