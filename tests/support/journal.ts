import { rawOf } from '@switchboard/functions/testing';
import { COLLECTIONS, type DocumentData } from '@switchboard/domain';
import type { World } from './world.ts';

/** An item of the journal, with what was kept of it. */
export interface Kept {
  readonly id: string;
  readonly data: DocumentData;
  /** The text that was stored. */
  readonly text: string;
}

/** Every item of the journal in the order of the delivery. */
export async function journalOf(world: World): Promise<readonly Kept[]> {
  const items = await world.all(COLLECTIONS.journal);
  const kept = await Promise.all(
    items.map(async ({ id, data }) => {
      const raw = await rawOf(world.ports, id, data);
      return { id, data, text: raw.toString('utf8') };
    }),
  );
  return kept.sort((a, b) => Number(a.data['seq'] ?? 0) - Number(b.data['seq'] ?? 0));
}

/** What was kept of a `messages[]` item. */
export const keptMessage = ({ text }: Kept): unknown =>
  (JSON.parse(text) as { readonly message?: unknown }).message;

/** Fates of all items with how many have each, as `parked unknown-number`. */
export async function fatesOf(world: World): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const { data } of await world.all(COLLECTIONS.journal)) {
    const fate = [data['fate'], data['reason']].filter(Boolean).join(' ');
    counts[fate] = (counts[fate] ?? 0) + 1;
  }
  return counts;
}
