import type { Cursor, QuerySpec } from './queries.ts';

/**
 * Cursor paging over live queries. A list is cut into segments between fixed cursors, so that a row
 * that moves from one to another is never lost between them; only the last one is open-ended.
 */

/** A row as paging looks at it. */
export interface Sortable {
  readonly id: string;
}

/** By which field, and in which direction; the id breaks ties, in the same direction. */
export type Order = NonNullable<QuerySpec['orderBy']>;

const valueOf = (row: Sortable, field: string): number | string | null => {
  const value = (row as unknown as Readonly<Record<string, unknown>>)[field];
  return typeof value === 'number' || typeof value === 'string' ? value : null;
};

/** Where a row stands in an order. */
export const cursorOf = (row: Sortable, order: Order): Cursor => ({
  value: valueOf(row, order.field),
  id: row.id,
});

/** Firestore's order of values: `null` before numbers before strings (Firebase, "Supported data types"). */
function compareValues(a: Cursor['value'], b: Cursor['value']): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : 1;
}

/** The order in which Firestore answers a query: the ordered field, then the id, both in its direction. */
export const compareRows =
  (order: Order) =>
  (a: Sortable, b: Sortable): number => {
    const difference =
      compareValues(valueOf(a, order.field), valueOf(b, order.field)) ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
    return order.direction === 'asc' ? difference : -difference;
  };

/** The segments of a query that was cut at these cursors; `limit` bounds what may have moved into a closed one. */
export function segmentsOf(
  query: QuerySpec,
  cuts: readonly Cursor[],
  limit: number,
): readonly QuerySpec[] {
  return [...cuts, null].map((until, index) => {
    const after = cuts[index - 1];
    return {
      ...query,
      limit: until === null ? query.limit : limit,
      ...(after ? { after } : {}),
      ...(until ? { until } : {}),
    };
  });
}

/** What is known of one query: its rows in order, and whether there are more behind them. */
export interface Known<T extends Sortable> {
  readonly rows: readonly T[];
  readonly ended: boolean;
}

/**
 * The rows of several queries as one list, each row once. Rows beyond the last known row of a query
 * that has more are withheld: others may belong before them.
 */
export function mergeRows<T extends Sortable>(
  queries: readonly Known<T>[],
  order: Order,
): readonly T[] {
  const compare = compareRows(order);
  const frontiers = queries.flatMap(({ rows, ended }) => {
    const last = rows.at(-1);
    return ended || last === undefined ? [] : [last];
  });
  const frontier = frontiers.sort(compare)[0];
  const once = new Map(queries.flatMap(({ rows }) => rows.map((row) => [row.id, row] as const)));
  return [...once.values()]
    .filter((row) => frontier === undefined || compare(row, frontier) <= 0)
    .sort(compare);
}
