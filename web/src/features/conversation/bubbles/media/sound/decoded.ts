import * as v from 'valibot';

/** A voice note that was decoded by us: a file that every browser plays, and how loud it is. */
const decodedSchema = v.object({
  wav: v.instance(ArrayBuffer),
  peaks: v.array(v.number()),
});
/** See {@link decodedSchema}. */
export type Decoded = v.InferOutput<typeof decodedSchema>;

/**
 * Decodes an Ogg file of Opus where the browser has no decoder for it (Safari before 18.4), in a worker.
 * `null` where it can't be decoded; never rejects.
 */
export function decodeVoice(bytes: ArrayBuffer): Promise<Decoded | null> {
  const worker = new Worker(new URL('./opus-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Decoded | null>((resolve) => {
    worker.onmessage = ({ data }) => {
      const decoded = v.safeParse(decodedSchema, data);
      resolve(decoded.success ? decoded.output : null);
    };
    worker.onerror = () => resolve(null);
    worker.postMessage(bytes, [bytes]);
  }).finally(() => worker.terminate());
}
