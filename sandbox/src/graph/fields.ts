import type { Json, JsonObject } from '../model.ts';
import { unknownField, type GraphError } from './errors.ts';

/** A node with the fields that were asked for, or the refusal of one that it does not have. */
export type Selected = { ok: true; node: JsonObject } | { ok: false; error: GraphError };

/** The fields of one kind of node. `name` is what refusals call it; `byDefault` come unasked. */
export interface Fields<T> {
  name: string;
  byDefault: string[];
  read: Record<string, (of: T) => Json | undefined>;
}

/**
 * Reads the fields that `fields=` names (comma-separated; sub-selections in braces are ignored), or
 * the default ones. The id always comes along; a field without a value is left out, as Graph does.
 */
export function selected<T>(of: T, kind: Fields<T>, asked: string | undefined): Selected {
  const names = asked === undefined || asked.trim() === '' ? kind.byDefault : splitFields(asked);
  const stranger = names.find((name) => !Object.hasOwn(kind.read, name));
  if (stranger !== undefined) return { ok: false, error: unknownField(stranger, kind.name) };
  const entries = [...new Set([...names, 'id'])].flatMap((name) => {
    const value = kind.read[name]?.(of);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ok: true, node: Object.fromEntries(entries) };
}

const splitFields = (asked: string): string[] =>
  asked
    .replace(/\{[^{}]*\}/g, '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** The same of many nodes. */
export function selectedAll<T>(
  all: readonly T[],
  kind: Fields<T>,
  asked: string | undefined,
): { ok: true; nodes: JsonObject[] } | { ok: false; error: GraphError } {
  const nodes: JsonObject[] = [];
  for (const one of all) {
    const result = selected(one, kind, asked);
    if (!result.ok) return result;
    nodes.push(result.node);
  }
  return { ok: true, nodes };
}
