/* global FileReader */
import { post } from './api.js';
import { offer } from './choices.js';
import { el } from './dom.js';
import * as items from './items.js';
import { canRecord, record, VOICE } from './recorder.js';

/** @typedef {import('./items.js').Item} Item */
/**
 * @typedef {{ send: (item: Item) => Promise<void>, tell: (problem: string) => void,
 *   takeCaption: () => string }} Outbox
 */

const LARGEST = 100 * 1024 * 1024;

/** Opens the sheet with what can be attached. @param {Outbox} outbox */
export function openAttach(outbox) {
  const { send } = outbox;
  const files = (
    /** @type {File[]} */ picked,
    /** @type {(file: File) => items.MediaKind} */ kind,
  ) => sendFiles(picked, kind, outbox);
  offer('Send', [
    {
      shape: 'photo',
      name: 'Photo or video',
      act: () =>
        pick('image/jpeg,image/png,video/mp4,video/3gpp', true, (picked) =>
          files(picked, ({ type }) => items.kindOf(type)),
        ),
    },
    {
      shape: 'document',
      name: 'Document',
      act: () => pick('', true, (picked) => files(picked, () => 'document')),
    },
    { shape: 'voice', name: 'Voice note', act: () => voiceNote(outbox) },
    {
      shape: 'sticker',
      name: 'Sticker',
      act: () => pick('image/webp', false, (picked) => files(picked, () => 'sticker')),
    },
    { shape: 'place', name: 'Location', act: () => void send(items.location()) },
    { shape: 'contact', name: 'Contact card', act: () => void send(items.contact()) },
  ]);
}

/**
 * Lets a person pick files.
 * @param {string} accept
 * @param {boolean} multiple
 * @param {(files: File[]) => void} act
 */
function pick(accept, multiple, act) {
  const input = el('input', { type: 'file', accept, multiple });
  input.addEventListener('change', () => act([...(input.files ?? [])]));
  input.click();
}

/**
 * Sends files one after the other, as a phone does with an album; the first has the caption.
 * @param {File[]} files
 * @param {(file: File) => items.MediaKind} kindOf
 * @param {Outbox} outbox
 */
function sendFiles(files, kindOf, outbox) {
  return attempt(outbox, async () => {
    for (const [place, file] of files.entries()) {
      const id = await keep(file, file.type || 'application/octet-stream', file.name);
      const kind = kindOf(file);
      const caption = place === 0 && kind !== 'sticker' ? outbox.takeCaption() : '';
      await outbox.send(items.media(kind, id, caption));
    }
  });
}

/** A recording where the browser makes real ones, else a file. @param {Outbox} outbox */
function voiceNote(outbox) {
  const send = async (/** @type {Blob} */ blob) => {
    await outbox.send(items.voiceNote(await keep(await checkedOgg(blob), VOICE)));
  };
  if (!canRecord())
    return pick('audio/ogg,.ogg,.oga,.opus', false, ([file]) => {
      if (file !== undefined) void attempt(outbox, () => send(file));
    });
  return void attempt(outbox, async () => {
    const recording = await record();
    if (recording !== null) await send(recording);
  });
}

/** @param {Blob} blob */
async function checkedOgg(blob) {
  if ((await blob.slice(0, 4).text()) === 'OggS') return blob;
  throw new Error('This is no Ogg file. Pick a voice note in Ogg with Opus.');
}

/** What fails is told. @param {Outbox} outbox @param {() => Promise<void>} act */
const attempt = (outbox, act) =>
  act().catch((/** @type {Error} */ problem) => outbox.tell(problem.message));

/**
 * Hands a file to the sandbox, and answers its id there.
 * @param {Blob} blob
 * @param {string} mimeType
 * @param {string} [filename]
 * @returns {Promise<string>}
 */
async function keep(blob, mimeType, filename) {
  if (blob.size > LARGEST) throw new Error('A file may have 100 MB at most. Pick a smaller one.');
  const base64 = await base64Of(blob);
  const kept = /** @type {{ id: string }} */ (
    await post('/_sandbox/media', { mimeType, base64, filename })
  );
  return kept.id;
}

/** @param {Blob} blob @returns {Promise<string>} */
function base64Of(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^.*?,/, '')));
    reader.addEventListener('error', () =>
      reject(new Error('This file cannot be read. Pick it again.')),
    );
    reader.readAsDataURL(blob);
  });
}
