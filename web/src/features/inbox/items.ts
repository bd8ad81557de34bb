import type { ConversationRow } from '../../data/conversations.ts';
import type { Section } from '../../data/queries.ts';

/** What a list draws, top to bottom. */
export type Item =
  | {
      readonly kind: 'row';
      readonly id: string;
      readonly row: ConversationRow;
      /** Its place among the rows, from 1. */
      readonly place: number;
    }
  | {
      readonly kind: 'heading';
      readonly id: string;
      readonly section: Section;
      readonly count: string;
    }
  | { readonly kind: 'nothing'; readonly id: string }
  | { readonly kind: 'more'; readonly id: string };

/** A section as far as it is known. */
export interface SectionRows {
  readonly section: Section;
  readonly rows: readonly ConversationRow[];
  /** There are no rows behind the last one. */
  readonly ended: boolean;
  /** The server or the cache has answered. */
  readonly ready: boolean;
}

/**
 * The items of a list: the first section without a heading (or a word that it is empty), then the
 * others. A section begins only where the one before it has ended, so that paging never inserts
 * rows above what is being read.
 */
export function itemsOf(sections: readonly SectionRows[]): readonly Item[] {
  const items: Item[] = [];
  let place = 0;
  for (const [index, { section, rows, ended, ready }] of sections.entries()) {
    if (index === 0 && ready && ended && rows.length === 0)
      items.push({ kind: 'nothing', id: '#nothing' });
    if (index > 0 && rows.length > 0)
      items.push({
        kind: 'heading',
        id: `#${section}`,
        section,
        count: `${rows.length}${ended ? '' : '+'}`,
      });
    for (const row of rows) items.push({ kind: 'row', id: row.id, row, place: (place += 1) });
    if (!ready) break;
    if (!ended) {
      items.push({ kind: 'more', id: `#more-${section}` });
      break;
    }
  }
  return items;
}

/** A row that left its list, and the item that stood before it there. */
export interface Left {
  readonly row: ConversationRow;
  readonly after: string | undefined;
}

/** The items with those that left put back where they stood; one that is there again stands once. */
export function withLeft(items: readonly Item[], left: ReadonlyMap<string, Left>): readonly Item[] {
  if (left.size === 0) return items;
  const all = items.filter(({ kind }) => kind !== 'nothing');
  for (const [id, { row, after }] of left) {
    if (all.some((item) => item.id === id)) continue;
    const place = all.findIndex((item) => item.id === after) + 1;
    all.splice(place, 0, { kind: 'row', id, row, place });
  }
  let place = 0;
  return all.map((item) => (item.kind === 'row' ? { ...item, place: (place += 1) } : item));
}

/**
 * The items while a finger is down: what is drawn stays where it is and shows what is new in it.
 * Items that left stay until the finger is up; items that came wait until then.
 */
export function heldItems(drawn: readonly Item[], fresh: readonly Item[]): readonly Item[] {
  const now = new Map(fresh.map((item) => [item.id, item]));
  return drawn.map((item) => now.get(item.id) ?? item);
}
