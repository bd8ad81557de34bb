// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { canRecord, record } from './recorder.js';

/** A recorder of a browser that makes these types only. */
function recorderOf(...types: string[]) {
  return class extends EventTarget {
    static isTypeSupported = (type: string) => types.includes(type);
    start = () => undefined;
    stop() {
      const data = new Blob(['OggS']);
      this.dispatchEvent(Object.assign(new Event('dataavailable'), { data }));
      this.dispatchEvent(new Event('stop'));
    }
  };
}

const track = { stop: vi.fn() };
const getUserMedia = vi.fn(async () => ({ getTracks: () => [track] }));
let dialog: HTMLDialogElement;

beforeEach(() => {
  vi.stubGlobal('MediaRecorder', recorderOf('audio/ogg; codecs=opus'));
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
  dialog = document.createElement('dialog');
  dialog.id = 'recording';
  document.body.replaceChildren(dialog);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

/** Starts a recording, and ends it by this button of the sheet. */
async function recorded(button: string): Promise<Blob | null> {
  const recording = record();
  await vi.waitFor(() => {
    expect(dialog.open).toBe(true);
  });
  dialog.close(button);
  return recording;
}

describe('recording a voice note', () => {
  it('is offered only where the browser makes Ogg with Opus', () => {
    expect(canRecord()).toBe(true);
    vi.stubGlobal('MediaRecorder', recorderOf('audio/webm; codecs=opus'));
    expect(canRecord()).toBe(false);
    vi.stubGlobal('MediaRecorder', undefined);
    expect(canRecord()).toBe(false);
  });

  it('ends in what is sent, and lets the microphone go', async () => {
    expect(await (await recorded('send'))?.text()).toBe('OggS');
    expect(track.stop).toHaveBeenCalledOnce();
  });

  it.each(['discard', ''])('ends in nothing when it is discarded (%j)', async (button) => {
    expect(await recorded(button)).toBeNull();
    expect(track.stop).toHaveBeenCalledOnce();
  });

  it('without a microphone says what to do', async () => {
    getUserMedia.mockRejectedValueOnce(new Error('NotAllowedError'));
    await expect(record()).rejects.toThrow('Allow it for this address, or pick a file.');
    expect(dialog.open).toBe(false);
  });
});
