/**
 * The id of media, fit to name a file or an object. Throws for anything else: a path would lead to what
 * is not media.
 */
export function demandMediaId(id: string): string {
  if (!/^[A-Za-z0-9_-]+$/.test(id)) throw new Error('An id of media is no path.');
  return id;
}
