import { createHash } from 'node:crypto';

/**
 * Ids of components for their scoped styles, by file. Vue's own have eight characters, and one stands
 * in every rule and every component; these have four. Throws where two files would share one.
 */
export function scopeIds(length = 4): (file: string) => string {
  const owners = new Map<string, string>();
  return (file) => {
    const id = createHash('sha256').update(file).digest('hex').slice(0, length);
    const owner = owners.get(id) ?? file;
    if (owner !== file) throw new Error(`${owner} and ${file} have the same scope id: rename one.`);
    owners.set(id, file);
    return id;
  };
}
