import { getFunctions } from 'firebase-admin/functions';
import type { Tasks } from '../ports.ts';

/** Cloud Tasks through the Admin SDK; each queue is the function of its name. */
export const cloudTasks: Tasks = {
  async drain(receiptId) {
    await getFunctions().taskQueue('drain').enqueue({ receiptId });
  },
  async bringMedia(mediaId) {
    await getFunctions().taskQueue('bringMedia').enqueue({ mediaId });
  },
  async sweep() {
    await getFunctions().taskQueue('sweep').enqueue({});
  },
};
