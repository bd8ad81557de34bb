import { describe, expect, it } from 'vitest';
import { ref } from 'vue';
import { FURTHEST, useZoom } from './use-zoom.ts';

/** A frame of 400 by 300 px at the corner of the screen. */
function zoom() {
  const frame = document.createElement('div');
  Object.defineProperties(frame, {
    clientWidth: { value: 400 },
    clientHeight: { value: 300 },
    getBoundingClientRect: { value: () => ({ left: 0, top: 0, width: 400, height: 300 }) },
  });
  const turned: number[] = [];
  const made = useZoom(ref(frame), (by) => turned.push(by));
  /** A finger at a place of the screen. */
  const finger = (pointerId: number, clientX: number, clientY: number, timeStamp = 0) =>
    ({ pointerId, clientX, clientY, timeStamp }) as PointerEvent;
  const tap = (x: number, y: number, at: number) => {
    made.gestures.down(finger(1, x, y, at));
    made.gestures.up(finger(1, x, y, at));
  };
  const drag = (from: [number, number], to: [number, number]) => {
    made.gestures.down(finger(1, ...from));
    made.gestures.move(finger(1, ...to));
    made.gestures.up(finger(1, ...to));
  };
  return { ...made, turned, finger, tap, drag };
}

describe('A photo in its frame', () => {
  it('is drawn no smaller than whole and no larger than is of use', () => {
    const { scale, larger, smaller } = zoom();
    smaller();
    expect(scale.value).toBe(1);
    for (let n = 0; n < 9; n += 1) larger();
    expect(scale.value).toBe(FURTHEST);
  });

  it('grows by a double tap around that place, and shrinks by the next', () => {
    const { scale, transform, tap } = zoom();
    tap(300, 150, 0);
    expect(scale.value).toBe(1);
    tap(302, 150, 200);
    expect([scale.value, transform.value]).toEqual([2.5, 'translate(-153px, 0px) scale(2.5)']);
    tap(300, 150, 1_000);
    tap(300, 150, 1_400);
    expect(scale.value).toBe(2.5);
    tap(300, 150, 1_500);
    expect([scale.value, transform.value]).toEqual([1, 'translate(0px, 0px) scale(1)']);
  });

  it('grows as two fingers part, and takes neither for a swipe', () => {
    const { scale, gestures, finger, turned } = zoom();
    gestures.down(finger(1, 150, 150));
    gestures.down(finger(2, 250, 150));
    gestures.move(finger(2, 350, 150));
    expect(scale.value).toBe(2);
    gestures.up(finger(2, 350, 150));
    gestures.up(finger(1, 150, 150));
    expect(turned).toEqual([]);
  });

  it('grows by the wheel, and the page does not scroll', () => {
    const { scale, gestures } = zoom();
    const event = new WheelEvent('wheel', { deltaY: -300, cancelable: true });
    gestures.wheel(event);
    expect([scale.value, event.defaultPrevented]).toEqual([Math.E, true]);
  });

  it('follows a finger when it is large, to its own edge', () => {
    const { larger, larger: again, transform, drag, turned } = zoom();
    larger();
    again();
    drag([200, 150], [230, 140]);
    expect(transform.value).toContain('translate(30px, -10px)');
    drag([0, 0], [1_000, 1_000]);
    expect(transform.value).toContain('translate(250px, 187.5px)');
    expect(turned).toEqual([]);
  });

  it('gives way to the next by a swipe to the side', () => {
    const { drag, turned } = zoom();
    drag([300, 100], [200, 110]);
    drag([100, 100], [200, 110]);
    drag([100, 100], [140, 100]);
    drag([100, 100], [180, 280]);
    expect(turned).toEqual([1, -1]);
  });

  it('forgets a finger that the browser took away', () => {
    const { gestures, finger, scale, turned } = zoom();
    gestures.down(finger(1, 300, 100));
    gestures.cancel(finger(1, 300, 100));
    gestures.up(finger(1, 100, 100));
    gestures.move(finger(1, 0, 0));
    expect([turned, scale.value]).toEqual([[], 1]);
  });
});
