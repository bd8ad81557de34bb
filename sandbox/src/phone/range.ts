/**
 * The part of a file that a player asks for (`Range: bytes=…`, RFC 9110): first and last byte. Null
 * where it asks for the whole, for several parts, or for none that is there.
 */
export function rangeOf(header = '', size: number): { first: number; last: number } | null {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header) ?? [];
  if (from === '' && to === '') return null;
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return first <= last ? { first, last } : null;
}
