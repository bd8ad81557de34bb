/**
 * What Firestore refuses, checked without its SDK (Firestore, "Quotas and limits" and "Data types"): a
 * document that passes here can be written.
 */

/** Largest document, bytes. */
const DOCUMENT_BYTES = 1_048_576;
/** Deepest map or list inside a document. */
const DEPTH = 20;
/** Longest name of a document or a field, bytes of UTF-8. */
const NAME_BYTES = 1_500;
/** Earliest and latest time, epoch ms: the years 1 to 9999. */
const TIMES = [-62_135_596_800_000, 253_402_300_799_999] as const;

/** Everything that makes a document impossible, each in a sentence. */
export function unsafe(path: string, data: Readonly<Record<string, unknown>>): readonly string[] {
  const wrong: string[] = [...wrongPath(path)];
  const size = sizeOf(data, wrong, 'the document', 0) + bytesOf(path) + 32 + 16;
  if (size > DOCUMENT_BYTES) wrong.push(`it has ${size} bytes`);
  return wrong.map((what) => `${path}: ${what}`);
}

function wrongPath(path: string): readonly string[] {
  const names = path.split('/');
  return [
    ...(names.length % 2 === 0 ? [] : ['its path is not that of a document']),
    ...names.flatMap((name) => wrongName(name, 'a part of its path')),
  ];
}

function wrongName(name: string, what: string): readonly string[] {
  if (name === '') return [`${what} is empty`];
  if (name === '.' || name === '..') return [`${what} is "${name}"`];
  if (/^__.*__$/s.test(name)) return [`${what} is reserved: ${name}`];
  if (!name.isWellFormed()) return [`${what} has half a character`];
  return bytesOf(name) > NAME_BYTES ? [`${what} has ${bytesOf(name)} bytes`] : [];
}

const bytesOf = (text: string): number => Buffer.byteLength(text) + 1;

/** Bytes of a value by Firestore's own reckoning. */
function sizeOf(value: unknown, wrong: string[], where: string, depth: number): number {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) wrong.push(`${where} has half a character`);
    return bytesOf(value);
  }
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'number') return 8;
  if (value instanceof Uint8Array) return value.length;
  if (isTime(value)) {
    const ms = value.toMillis();
    if (!(ms >= TIMES[0] && ms <= TIMES[1])) wrong.push(`${where} is in no year: ${ms}`);
    return 8;
  }
  if (typeof value !== 'object') {
    wrong.push(`${where} is ${typeof value}`);
    return 0;
  }
  if (depth > DEPTH) {
    wrong.push(`${where} lies too deep`);
    return 0;
  }
  return Array.isArray(value)
    ? sizeOfList(value, wrong, where, depth)
    : sizeOfMap(value, wrong, where, depth);
}

const isTime = (value: unknown): value is { toMillis(): number } =>
  typeof (value as { toMillis?: unknown } | null)?.toMillis === 'function';

function sizeOfList(
  list: readonly unknown[],
  wrong: string[],
  where: string,
  depth: number,
): number {
  if (list.some(Array.isArray)) wrong.push(`${where} is a list with a list in it`);
  return list.reduce<number>(
    (sum, member, index) => sum + sizeOf(member, wrong, `${where}[${index}]`, depth + 1),
    0,
  );
}

function sizeOfMap(map: object, wrong: string[], where: string, depth: number): number {
  const proto: unknown = Object.getPrototypeOf(map);
  const raw = (JSON as { isRawJSON?: (value: unknown) => boolean }).isRawJSON?.(map) === true;
  if (raw || (proto !== null && proto !== Object.prototype)) {
    wrong.push(`${where} is no plain object`);
    return 0;
  }
  return Object.entries(map).reduce((sum, [name, member]) => {
    wrong.push(...wrongName(name, `the name of a field of ${where}`));
    return sum + bytesOf(name) + sizeOf(member, wrong, `${where}.${name.slice(0, 40)}`, depth + 1);
  }, 0);
}
