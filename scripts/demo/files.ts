/** The files that the demo's customers send, as Meta would hold them. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A file at Meta. */
export interface DemoFile {
  /** Sixteen digits that follow from the file's bytes, so that every run has the same. */
  readonly id: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
  /** SHA-256 in base64, as webhooks carry it. */
  readonly sha256: string;
}

/** By the end of the name: what a customer's phone says of such a file. */
const TYPES: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.ogg': 'audio/ogg; codecs=opus',
  '.pdf': 'application/pdf',
};

const FOLDER = path.join(import.meta.dirname, 'files');

/** Every file of `scripts/demo/files`, by its name. */
export const FILES: ReadonlyMap<string, DemoFile> = new Map(
  readdirSync(FOLDER).map((name) => [name, held(name)]),
);

/** The file of this name. Throws where there is none. */
export function fileNamed(name: string): DemoFile {
  const file = FILES.get(name);
  if (!file) throw new Error(`There is no "${name}" in scripts/demo/files.`);
  return file;
}

function held(name: string): DemoFile {
  const mimeType = TYPES[path.extname(name)];
  if (mimeType === undefined) throw new Error(`What is "${name}"? Name its type in TYPES.`);
  const bytes = readFileSync(path.join(FOLDER, name));
  const hash = createHash('sha256').update(bytes).digest();
  const id = String(10 ** 15 + hash.readUIntBE(0, 6));
  return { id, mimeType, bytes, sha256: hash.toString('base64') };
}
