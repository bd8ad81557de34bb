/**
 * A JSON text with line breaks and indents. A text that is none stays as it is, and so does one with a
 * number that JavaScript can't hold: what is looked at here is evidence.
 */
export function pretty(raw: string): string {
  let exact = true;
  const judge = (_: string, value: unknown): unknown => {
    if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) exact = false;
    return value;
  };
  try {
    const parsed: unknown = JSON.parse(raw, judge);
    return exact ? JSON.stringify(parsed, null, 2) : raw;
  } catch {
    return raw;
  }
}
