import { test as base } from '@playwright/test';
import { required } from '../../e2e/support/local-system.ts';
import { openRoad, type Road } from './road.ts';
import type { Line } from './line.ts';

/** A browser's road, and the lines of it that tests break. */
export interface Broken {
  /** For `Colleague.enter`. */
  readonly road: string;
  readonly firestore: Line;
  /** Hosting: the app's files and its callables. */
  readonly hosting: Line;
}

/** Playwright's test with a road of its own for its browsers. */
export const test = base.extend<Broken & { readonly whole: Road }>({
  whole: async ({ browserName: _ }, use) => {
    const road = await openRoad();
    await use(road);
    await road.close();
  },
  road: ({ whole }, use) => use(whole.server),
  firestore: ({ whole }, use) => use(whole.to(Number(required('SWITCHBOARD_FIRESTORE_PORT')))),
  hosting: ({ whole }, use) => use(whole.to(Number(required('SWITCHBOARD_HOSTING_PORT')))),
});
