import { isObject, type Json, type JsonObject } from '../model.ts';

type Path = (string | number)[];

/** What lies at a path of a JSON value; undefined where the path ends early. */
export function at(value: Json | undefined, ...path: Path): Json | undefined {
  let here = value;
  for (const step of path) {
    if (Array.isArray(here)) here = here[Number(step)];
    else here = isObject(here) ? here[step] : undefined;
  }
  return here;
}

/** The string at a path; throws where there is none. */
export function textAt(value: Json | undefined, ...path: Path): string {
  const found = at(value, ...path);
  if (typeof found === 'string') return found;
  throw new Error(`No text at ${path.join('.')} of ${JSON.stringify(value)}`);
}

/** The objects of the array at a path; throws where there is none. */
export function listAt(value: Json | undefined, ...path: Path): JsonObject[] {
  const found = at(value, ...path);
  if (Array.isArray(found)) return found.filter(isObject);
  throw new Error(`No list at ${path.join('.')} of ${JSON.stringify(value)}`);
}
