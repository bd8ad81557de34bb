import { fileTypeFromBuffer } from 'file-type';

/** How many bytes of the beginning say what a file is (`file-type`, its sample size). */
export const HEAD = 4_100;

/** Where only the inside of a container tells what it is, by what the container is. */
const INSIDE: Readonly<Record<string, RegExp>> = {
  'application/zip': /^application\/vnd\.(openxmlformats-officedocument|oasis\.opendocument)\./,
  'application/x-cfb': /^application\/(msword|vnd\.ms-(excel|powerpoint|outlook))/,
  'video/mp4': /^audio\/mp4$/,
  'application/ogg': /^audio\/ogg$/,
};

/** Names of one and the same. */
const ALSO: Readonly<Record<string, string>> = {
  'audio/x-m4a': 'audio/mp4',
  'audio/opus': 'audio/ogg',
  'application/x-riff': 'application/octet-stream',
};

/**
 * What bytes are by their beginning. What was said of them (`declared`, a MIME type) counts only where
 * their beginning leaves it open; text has no mark of its own, and what nobody knows is
 * `application/octet-stream`.
 */
export async function sniff(head: Uint8Array, declared: string): Promise<string> {
  const said = bare(declared);
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found === undefined)
    return said === 'text/plain' && !head.includes(0) ? said : 'application/octet-stream';
  const mime = bare(found.mime);
  const name = ALSO[mime] ?? mime;
  return INSIDE[name]?.test(said) ? said : name;
}

const bare = (type: string): string => (type.split(';')[0] ?? '').trim().toLowerCase();
