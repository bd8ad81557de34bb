import type { JsonObject } from '../model.ts';
import { graphError, invalidParameter, type GraphError } from './errors.ts';

/** A page of a list as Graph answers it, or its refusal. */
export type Page = { ok: true; body: JsonObject } | { ok: false; error: GraphError };

const DEFAULT_LIMIT = 25;
const LARGEST_LIMIT = 1000;

const cursorOf = (index: number): string => Buffer.from(`row:${index}`).toString('base64url');

function indexOf(cursor: string): number | null {
  const found = /^row:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  return found === null ? null : Number(found[1]);
}

/**
 * Cuts a page out of `rows` by `limit`, `after` and `before` of the address (Graph API, "Paginated
 * results"). A cursor that names nothing is 131059, as it is for templates from v24.0 on. `next` and
 * `previous` carry no token.
 */
export function pageOf(rows: readonly JsonObject[], address: URL): Page {
  const limit = Number(address.searchParams.get('limit') ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1)
    return { ok: false, error: invalidParameter('Param limit must be a positive integer.') };
  const start = startOf(rows.length, Math.min(limit, LARGEST_LIMIT), address.searchParams);
  if (start === null) return { ok: false, error: graphError(131059) };
  const data = rows.slice(start.first, start.end);
  if (data.length === 0) return { ok: true, body: { data } };
  const [before, after] = [cursorOf(start.first), cursorOf(start.first + data.length - 1)];
  const next = start.first + data.length < rows.length;
  return {
    ok: true,
    body: {
      data,
      paging: {
        cursors: { before, after },
        ...(start.first > 0 ? { previous: turned(address, 'before', before) } : {}),
        ...(next ? { next: turned(address, 'after', after) } : {}),
      },
    },
  };
}

function startOf(
  length: number,
  limit: number,
  query: URLSearchParams,
): { first: number; end: number } | null {
  const [after, before] = [query.get('after'), query.get('before')];
  const index = after === null && before === null ? -1 : indexOf(after ?? before ?? '');
  if (index === null || index >= Math.max(length, 1)) return null;
  if (before !== null && after === null)
    return { first: Math.max(0, index - limit), end: Math.max(0, index) };
  return { first: index + 1, end: index + 1 + limit };
}

function turned(address: URL, way: 'after' | 'before', cursor: string): string {
  const other = new URL(address);
  other.searchParams.delete('after');
  other.searchParams.delete('before');
  other.searchParams.set(way, cursor);
  return other.href;
}
