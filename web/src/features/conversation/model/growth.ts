import type { Row } from './rows.ts';

/**
 * How the rows of a thread changed. `front`: older ones came. `own`: the reader's message is the
 * newest now. `heard`: somebody else's message or a note is. `quiet`: something else at the end.
 * `none`: nothing that moves what is in sight.
 */
export type Growth = 'front' | 'own' | 'heard' | 'quiet' | 'none';

/** Says how rows changed, by the keys of both ends. */
export function growthOf(before: readonly Row[], now: readonly Row[]): Growth {
  const last = now.at(-1);
  if (before.length === 0) return 'none';
  if (last?.key === before.at(-1)?.key) return now.length > before.length ? 'front' : 'none';
  if (last?.kind === 'message') return last.side === 'own' ? 'own' : 'heard';
  return last?.kind === 'note' || last?.kind === 'notice' ? 'heard' : 'quiet';
}
