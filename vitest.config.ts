import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/** Unit tests lie beside what they test and need nothing running. */
const unit = (name: string, include: string[]) => ({
  test: { name, include, environment: 'node', setupFiles: [] },
});

/**
 * Tests against the emulators: `npm test -- <name>` starts those, runs the project and stops them.
 * Files of one project share the emulators' state, so they run one after another.
 */
const emulated = (name: string) => ({
  test: {
    name: `emulated:${name}`,
    include: [`tests/${name}/**/*.test.ts`],
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
      {
        plugins: [vue()],
        test: { name: 'web', include: ['web/**/*.test.ts'], environment: 'happy-dom' },
      },
      { test: { name: 'deploy', include: ['tests/deploy/**/*.test.ts'], testTimeout: 180_000 } },
      emulated('rules'),
      emulated('functions'),
      emulated('corpus'),
      emulated('races'),
      emulated('data'),
    ],
  },
});
