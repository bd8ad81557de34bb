import { sideBySide } from '../platform/side-by-side.ts';
import type { Ports } from '../ports.ts';

/** Media asked for at the same time. */
const SIDE_BY_SIDE = 8;

/** Asks for media to be brought, each by a task of its own. Answers what could not be asked for. */
export async function wake(
  ports: Pick<Ports, 'tasks' | 'log'>,
  mediaIds: readonly string[],
): Promise<readonly string[]> {
  const left: string[] = [];
  await sideBySide(SIDE_BY_SIDE, mediaIds, async (mediaId) => {
    try {
      await ports.tasks.bringMedia(mediaId);
    } catch (error) {
      left.push(mediaId);
      const name = error instanceof Error ? error.name : 'unknown';
      ports.log.error('media.not-enqueued', { mediaId, error: name });
    }
  });
  return left;
}
