/**
 * Hands a file to another app of the device. `impossible`: this browser or device shares no such
 * file, or it could not be read; a person who changes their mind has `shared` nothing and is told
 * nothing.
 */
export async function shareFile(url: string, name: string): Promise<'shared' | 'impossible'> {
  try {
    const response = await fetch(url);
    if (!response.ok) return 'impossible';
    const bytes = await response.blob();
    const files = [new File([bytes], name, { type: bytes.type })];
    if (!navigator.canShare({ files })) return 'impossible';
    await navigator.share({ files });
    return 'shared';
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError' ? 'shared' : 'impossible';
  }
}

/** True where the browser can hand files on at all (not in Firefox on a desktop). */
export const sharesFiles = (): boolean =>
  typeof navigator.share === 'function' && typeof navigator.canShare === 'function';
