/** What the order of a timeline looks at. */
export interface Ordered {
  readonly id: string;
  readonly at: number;
  readonly seq?: number | undefined;
}

/** The one order of a timeline: time, then position inside a delivery, then id. Total and stable. */
export function compareEntries(a: Ordered, b: Ordered): number {
  return a.at - b.at || (a.seq ?? 0) - (b.seq ?? 0) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
