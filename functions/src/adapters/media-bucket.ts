import type { getStorage } from 'firebase-admin/storage';
import { pipeline } from 'node:stream/promises';
import type { MediaStore } from '../ports.ts';

/** A bucket of Cloud Storage. */
export type Bucket = ReturnType<ReturnType<typeof getStorage>['bucket']>;

/** Above so many bytes an upload goes on where it broke off (Cloud Storage, "Resumable uploads"). */
const CHUNK = 8 * 1024 * 1024;

/** Media in a bucket, an object each. An object is there once it is whole (Cloud Storage, "Consistency"). */
export const bucketMedia = (bucket: () => Bucket): MediaStore => {
  const fileOf = (id: string) => bucket().file(`media/${id}`);
  return {
    async put(id, bytes) {
      await pipeline(
        bytes,
        fileOf(id).createWriteStream({
          resumable: true,
          chunkSize: CHUNK,
          metadata: { contentType: 'application/octet-stream', cacheControl: 'no-store' },
        }),
      );
    },
    async open(id, { start, end }) {
      const [there] = await fileOf(id).exists();
      return there ? fileOf(id).createReadStream({ start, end, validation: false }) : null;
    },
  };
};
