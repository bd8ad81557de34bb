/**
 * In `domain` and on screens a point in time is a number: milliseconds since 1970. In Firestore it
 * is a Timestamp. The adapters turn one into the other by this naming rule alone, so a new time
 * field needs no registration anywhere: call it `at`, `…At`, `…Until` or `…Since`.
 */
export const isTimeField = (name: string): boolean =>
  name === 'at' || /(?:At|Until|Since)$/.test(name);
