/**
 * Where a sign-in leads: the page that was asked for before it where that is one of ours, else Mine.
 * Anything that a browser could read as another site's address is not.
 */
export function destination(next: unknown): string {
  const ours = typeof next === 'string' && /^\/(?![/\\])/.test(next) && !next.startsWith('/signin');
  return ours ? next : '/inbox/mine';
}
