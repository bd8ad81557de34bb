const MINUTE = 60_000;

/** A wait for a ring: `4m`, from 100 minutes on `3h`, from 100 hours on `5d`. `ms` below 0 is 0. */
export function shortWait(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE));
  if (minutes < 100) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  return hours < 100 ? `${hours}h` : `${Math.floor(hours / 24)}d`;
}

/** Time left for a chip: `17h 42m`, under an hour `52m`. */
export function timeLeft(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE));
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return hours === 0 ? `${rest}m` : `${hours}h ${String(rest).padStart(2, '0')}m`;
}
