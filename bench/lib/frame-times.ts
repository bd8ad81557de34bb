/** How evenly a page draws: the time between one animation frame and the next. */
import type { Page } from '@playwright/test';

interface Recorder {
  readonly times: number[];
  running: boolean;
}
type Recording = typeof window & { frameTimes?: Recorder };

/** The page notes each of its frames from now on. */
export const startFrames = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const recorder: Recorder = { times: [], running: true };
    (window as Recording).frameTimes = recorder;
    let before = performance.now();
    const note = (at: number): void => {
      if (!recorder.running) return;
      recorder.times.push(at - before);
      before = at;
      requestAnimationFrame(note);
    };
    requestAnimationFrame((at) => {
      before = at;
      requestAnimationFrame(note);
    });
  });

/** How long each frame took since {@link startFrames}, ms. */
export const stopFrames = (page: Page): Promise<readonly number[]> =>
  page.evaluate(() => {
    const recorder = (window as Recording).frameTimes;
    if (!recorder) throw new Error('Nothing was noted.');
    recorder.running = false;
    return recorder.times;
  });
