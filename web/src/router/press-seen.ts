/**
 * Resolves when what a person pressed has been drawn as pressed. On a slow phone the next screen takes
 * several frames to make; begun in the press itself, it would hold back the first sign that the press
 * was heard. Where nobody looks there is no frame to wait for.
 */
export const pressSeen = (): Promise<void> =>
  new Promise((resolve) => {
    if (document.hidden) resolve();
    else requestAnimationFrame(() => setTimeout(resolve));
  });
