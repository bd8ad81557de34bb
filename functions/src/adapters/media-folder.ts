import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { MediaStore } from '../ports.ts';

/** Media in a folder of this machine, a file each, readable by its owner alone. */
export const folderMedia = (folder: string): MediaStore => {
  const fileOf = (id: string): string => {
    if (!/^[A-Za-z0-9_-]+$/.test(id)) throw new Error('An id of media is no path.');
    return path.join(folder, id);
  };
  return {
    async put(id, bytes) {
      const file = fileOf(id);
      const draft = `${file}.${randomBytes(6).toString('hex')}`;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      try {
        await pipeline(bytes, createWriteStream(draft, { mode: 0o600 }));
        await rename(draft, file);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
    async open(id, { start, end }) {
      try {
        const handle = await open(fileOf(id));
        return createReadStream('', { fd: handle, start, end });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
  };
};
