import * as v from 'valibot';
import type { Snapshot } from '../ports.ts';

/**
 * A document as its schema reads it; `null` where there is none.
 *
 * @throws {v.ValiError} where the document is not as the schema has it: something of ours is wrong.
 */
export const parsed = <S extends v.GenericSchema>(
  snapshot: Snapshot | undefined,
  schema: S,
): v.InferOutput<S> | null => (snapshot?.data ? v.parse(schema, snapshot.data) : null);

/** The same where an odd document must keep nobody else's waiting: what does not fit is none. */
export function readable<S extends v.GenericSchema>(
  snapshot: Snapshot | undefined,
  schema: S,
): v.InferOutput<S> | null {
  const read = v.safeParse(schema, snapshot?.data);
  return read.success ? read.output : null;
}
