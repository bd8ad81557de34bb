/** The demo workspace as a whole: the office, and the past of every conversation. */
import type { DocumentData } from '@switchboard/domain';
import { openPast, type Past } from '@switchboard/functions/seeding';
import { officeWrites } from './office.ts';
import { play, type Played } from './play.ts';
import { BILLING } from './stories/billing.ts';
import { JONAS } from './stories/jonas.ts';
import { RESOLVED } from './stories/resolved.ts';
import { SALES } from './stories/sales.ts';
import { SUPPORT } from './stories/support.ts';
import type { Story } from './story.ts';

export const STORIES: readonly Story[] = [...JONAS, ...SUPPORT, ...SALES, ...BILLING, ...RESOLVED];

export interface Demo {
  readonly past: Past;
  readonly customers: readonly Played[];
}

/**
 * Plays the demo up to `start` (epoch ms). Customers' identifiers are hashed with the key in
 * `secretsFile`, which must be the one that the functions use.
 */
export async function playDemo(start: number, secretsFile: string): Promise<Demo> {
  const past = openPast(secretsFile);
  past.store.apply(officeWrites());
  const second = Math.floor(start / 1000) * 1000;
  const customers: Played[] = [];
  for (const story of STORIES) customers.push(await play(past, story, second));
  return { past, customers };
}

/** What a played demo leaves to write: the journal keeps nothing beyond its days. */
export const documentsOf = ({ past }: Demo, start: number): readonly [string, DocumentData][] =>
  [...past.store.documents()].filter(([, { expireAt }]) => !(Number(expireAt ?? Infinity) < start));
