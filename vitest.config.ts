import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { messages } from './web/build/messages.ts';
import { emulatedFolders } from './scripts/lib/stages.mjs';

/** Unit tests lie beside what they test and need nothing running. */
const unit = (name: string, include: string[]) => ({
  test: { name, include, environment: 'node' },
});

/**
 * Tests against the emulators, one project for each folder of tests/: `npm test -- <folder>` starts
 * those, runs the project and stops them. Its files run one after another.
 */
const emulated = (folder: string) => ({
  test: {
    name: `emulated:${folder}`,
    include: [`tests/${folder}/**/*.test.ts`],
    environment: 'node',
    globalSetup: ['scripts/lib/require-emulators.mjs'],
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

export default defineConfig({
  test: {
    projects: [
      unit('domain', ['domain/src/**/*.test.ts']),
      unit('functions', ['functions/src/**/*.test.ts']),
      unit('sandbox', ['sandbox/**/*.test.ts']),
      unit('scripts', ['scripts/**/*.test.ts']),
      unit('support', ['tests/support/**/*.test.ts']),
      {
        plugins: [messages(), vue()],
        test: { name: 'web', include: ['web/**/*.test.ts'], environment: 'happy-dom' },
      },
      {
        test: {
          name: 'deploy',
          include: ['tests/deploy/**/*.test.ts'],
          environment: 'node',
          testTimeout: 300_000,
        },
      },
      ...emulatedFolders().map(emulated),
    ],
  },
});
