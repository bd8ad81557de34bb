import type { Context } from 'hono';
import type * as v from 'valibot';
import type { BusinessNumber } from '../model.ts';
import type { World } from '../world/world.ts';
import { parseBody } from './schemas.ts';

/** A request that cannot be carried out, with the sentence that says why. */
export class BadRequest extends Error {}

/** Reads and parses the JSON body, or ends the request with 400 and a sentence. */
export async function bodyOf<S extends v.GenericSchema>(
  c: Context,
  schema: S,
): Promise<v.InferOutput<S>> {
  const raw: unknown = await c.req.json().catch(() => {
    throw new BadRequest('The body is not valid JSON.');
  });
  const parsed = parseBody(schema, raw);
  if (parsed.ok) return parsed.value;
  throw new BadRequest(`The body is not as documented: ${parsed.sentence}.`);
}

/** Turns the errors of `bodyOf` into 400 answers; anything else goes on as a failure. */
export function answerBadRequest(error: Error, c: Context): Response {
  if (error instanceof BadRequest) return c.json({ error: error.message }, 400);
  throw error;
}

/** The business number asked for, or 400. */
export function numberOf(world: World, phoneNumberId?: string): BusinessNumber {
  const number = world.directory.number(phoneNumberId);
  if (number === undefined)
    throw new BadRequest(`The sandbox has no business number "${phoneNumberId ?? ''}".`);
  return number;
}
