/** A primitive as `JSON.parse` found it in the text (ECMAScript, "JSON.parse source text access"). */
interface Source {
  readonly source?: string;
}

const withSource = JSON as unknown as {
  parse(text: string, revive: (key: string, value: unknown, context: Source) => unknown): unknown;
  rawJSON(text: string): unknown;
};

/** Digits that a JavaScript number can't hold exactly begin at 16. */
const LONG_NUMBER = /\d{16}/;

/**
 * Parses a webhook body and keeps integers beyond 2^53 (Meta's template ids) to the digit: such a
 * number is an object that `JSON.stringify` writes as it came. Answers `undefined` for what is no JSON.
 */
export function parseExactly(text: string): unknown {
  try {
    if (!LONG_NUMBER.test(text)) return JSON.parse(text);
    return withSource.parse(text, (_, value, { source }) =>
      typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source ?? '')
        ? withSource.rawJSON(source ?? '0')
        : value,
    );
  } catch {
    return undefined;
  }
}

/** The answer, or `null` where reading threw: JSON may be nested beyond what the stack can walk. */
export function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
