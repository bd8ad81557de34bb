/* global MediaRecorder, navigator, Blob */
import { byId } from './dom.js';

/** What a voice note is, and nothing else: WhatsApp plays no other recording as one. */
export const VOICE = 'audio/ogg; codecs=opus';

/** Whether this browser records voice notes; those that record only WebM or MP4 do not. */
export const canRecord = () =>
  typeof MediaRecorder !== 'undefined' &&
  navigator.mediaDevices !== undefined &&
  MediaRecorder.isTypeSupported(VOICE);

/**
 * Records until a person sends or discards it.
 * @returns {Promise<Blob | null>} null when it was discarded; rejects without a microphone
 */
export async function record() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => {
    throw new Error(
      'The microphone is not allowed here. Allow it for this address, or pick a file.',
    );
  });
  const recorder = new MediaRecorder(stream, { mimeType: VOICE });
  /** @type {Blob[]} */
  const parts = [];
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve));
  recorder.start();
  const sends = await decided();
  recorder.stop();
  await stopped;
  for (const track of stream.getTracks()) track.stop();
  return sends ? new Blob(parts, { type: VOICE }) : null;
}

/** Whether the sheet is closed by its Send. @returns {Promise<boolean>} */
function decided() {
  const dialog = byId('recording', 'dialog');
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'send'), { once: true }),
  );
}
