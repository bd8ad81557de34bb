import { schedule } from '../data/live.ts';

/**
 * Resolves after the next frame, which shows what was pressed as pressed. On a slow phone the next
 * screen takes several frames to make; begun in the press itself, it would hold back the first sign
 * that the press was heard.
 */
export const pressSeen = (): Promise<void> =>
  new Promise((resolve) => schedule(() => setTimeout(resolve)));
