import type { getStorage } from 'firebase-admin/storage';
import { pipeline } from 'node:stream/promises';
import type { MediaStore } from '../ports.ts';
import { demandMediaId } from './media-id.ts';
import { piecesOf } from './media-source.ts';

/** A bucket of Cloud Storage. */
export type Bucket = ReturnType<ReturnType<typeof getStorage>['bucket']>;

/** Above so many bytes an upload goes on where it broke off (Cloud Storage, "Resumable uploads"). */
const CHUNK = 8 * 1024 * 1024;

/**
 * Media in a bucket, an object each. An object is there once it is whole (Cloud Storage, "Consistency").
 * `accessToken` answers an OAuth token of the functions' service account.
 */
export const bucketMedia = (
  bucket: () => Bucket,
  accessToken: () => Promise<string>,
): MediaStore => {
  const fileOf = (id: string) => bucket().file(`media/${demandMediaId(id)}`);
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
    async remove(id) {
      await fileOf(id).delete({ ignoreNotFound: true });
    },
    // Not by the client's `createReadStream`: where one reader leaves early, it closes the connections
    // of all others too.
    async open(id, { start, end }) {
      const { name, storage } = fileOf(id);
      const object = `b/${encodeURIComponent(bucket().name)}/o/${encodeURIComponent(name)}`;
      const response = await fetch(`${storage.baseUrl}/${object}?alt=media`, {
        headers: {
          authorization: `Bearer ${await accessToken()}`,
          range: `bytes=${start}-${end}`,
        },
      });
      if (response.ok && response.body) return piecesOf(response.body);
      await response.body?.cancel();
      if (response.status === 404) return null;
      throw new Error(`Cloud Storage answered ${response.status}`);
    },
  };
};
