/** The rows of `npm run bench`, in the order in which they run. */

/**
 * - `nothing`: counts that no machine changes.
 * - `machine`: a browser alone.
 * - `build`: the production build, and a browser.
 * - `system`: the emulators.
 * - `demo`: these with the demo workspace, and a browser.
 * - `big`: the same without what ticks; it fills the workspace, so it comes last.
 */
export type Needs = 'nothing' | 'machine' | 'build' | 'system' | 'demo' | 'big';

/** A row: its program in this folder, and the numbers of its goals in docs/benchmarks.md. */
export interface Row {
  readonly name: string;
  readonly numbers: string;
  readonly title: string;
  readonly needs: Needs;
}

export const ROWS: readonly Row[] = [
  { name: 'sizes', numbers: '8, 9', title: 'what the built app weighs', needs: 'build' },
  { name: 'lighthouse', numbers: '10', title: 'Lighthouse on the sign-in', needs: 'build' },
  {
    name: 'webhook',
    numbers: '1',
    title: 'the webhook answers 264 items a second',
    needs: 'system',
  },
  { name: 'ceiling', numbers: '2', title: 'what the ingest can write at most', needs: 'system' },
  { name: 'media', numbers: '–', title: 'what media costs the ingest', needs: 'system' },
  { name: 'reads', numbers: '–', title: 'documents for a message delivered', needs: 'nothing' },
  { name: 'loser', numbers: '5', title: 'the loser of a race knows', needs: 'system' },
  { name: 'races', numbers: '6', title: 'nobody holds what another holds', needs: 'system' },
  { name: 'painted', numbers: '3', title: "a customer's send is painted", needs: 'demo' },
  { name: 'take', numbers: '4', title: "Take is seen on a colleague's screen", needs: 'demo' },
  { name: 'take-500', numbers: '4', title: 'the same, with 494 more listening', needs: 'demo' },
  { name: 'lighthouse-inbox', numbers: '10', title: 'Lighthouse on the inbox', needs: 'demo' },
  { name: 'warm-start', numbers: '11', title: 'a start without a connection', needs: 'demo' },
  { name: 'thread', numbers: '13', title: 'a thread of 10,000 entries opens', needs: 'big' },
  { name: 'interaction', numbers: '12', title: 'long lists answer a thumb', needs: 'big' },
  { name: 'day', numbers: '13, 14', title: 'a busy day on a phone', needs: 'big' },
  { name: 'machine', numbers: '18', title: 'a clone, a start, the tests', needs: 'machine' },
];
