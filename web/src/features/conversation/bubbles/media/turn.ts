let current: HTMLMediaElement | null = null;

/** It begins to play, and what played before pauses. */
export function takeTurn(element: HTMLMediaElement): void {
  if (current !== element) current?.pause();
  current = element;
}

/** It goes away: it is silent, and nothing refers to it any more. */
export function leaveTurn(element: HTMLMediaElement | null): void {
  element?.pause();
  if (current === element) current = null;
}
