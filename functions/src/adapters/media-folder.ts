import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { MediaStore } from '../ports.ts';
import { demandMediaId } from './media-id.ts';

/** Media in a folder of this machine, a file each, readable by its owner alone. */
export const folderMedia = (folder: string): MediaStore => {
  const fileOf = (id: string): string => path.join(folder, demandMediaId(id));
  return {
    async put(id, bytes) {
      const file = fileOf(id);
      const draft = `${file}.${randomBytes(6).toString('hex')}`;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      try {
        // Opened before anything else can fail: else a draft could come to be after it was cleared away.
        const handle = await open(draft, 'wx', 0o600);
        await pipeline(bytes, handle.createWriteStream());
        await rename(draft, file);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
    async remove(id) {
      await rm(fileOf(id), { force: true });
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
