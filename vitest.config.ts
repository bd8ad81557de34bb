import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';
import { messages } from './web/build/messages.ts';
import { emulatedFolders } from './scripts/lib/stages.mjs';

/** What is drawn of the corpus needs no emulators, and the Vue plugin. */
const DRAWN = 'tests/corpus/bubbles.test.ts';
const WEB_DATA = [
  'web/src/data/**/*.test.ts',
  'web/src/features/conversation/files/voice-note.test.ts',
  'web/{build,scripts}/**/*.test.ts',
];

/** Unit tests lie beside what they test, need nothing running and leave nothing behind in a module. */
const unit = (name: string, include: string[]) => ({
  test: { name, include, environment: 'node', isolate: false },
});

/**
 * Tests against the emulators, one project for each folder of tests/: `npm test -- <folder>` starts
 * those, runs the project and stops them. Its files run one after another.
 */
const emulated = (folder: string) => ({
  test: {
    name: `emulated:${folder}`,
    include: [`tests/${folder}/**/*.test.ts`],
    exclude: [DRAWN],
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
      unit('scripts', ['{scripts,bench}/**/*.test.ts']),
      unit('support', ['tests/support/**/*.test.ts']),
      {
        // One environment for each worker, and every file still in a context of its own.
        plugins: [messages(), vue()],
        test: {
          name: 'web',
          include: ['web/src/**/*.test.ts', DRAWN],
          exclude: WEB_DATA,
          environment: 'happy-dom',
          setupFiles: ['web/src/testing/popover.ts'],
          pool: 'vmForks',
        },
      },
      {
        // What meets objects of Node itself (errors of fetch, BroadcastChannel, buffers) needs its own realm.
        plugins: [messages(), vue()],
        test: { name: 'web-data', include: WEB_DATA, environment: 'happy-dom' },
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
