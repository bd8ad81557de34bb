import { randomBytes } from 'node:crypto';
import { request as plainRequest } from 'node:http';
import { request as safeRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { OutgoingFile } from '../ports.ts';

/** The answer of a server: its status and the text of its body. */
interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A name inside a header of a part (RFC 7578): nothing that could end it. */
const quoted = (name: string): string => name.replace(/["\r\n\\]/g, '_');

function frame(fields: Readonly<Record<string, string>>, { filename, mimeType }: OutgoingFile) {
  const boundary = `switchboard-${randomBytes(16).toString('hex')}`;
  const plain = Object.entries(fields).map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${quoted(filename)}"\r\nContent-Type: ${mimeType}\r\n\r\n`;
  return {
    boundary,
    before: Buffer.from(plain.join('') + head),
    after: Buffer.from(`\r\n--${boundary}--\r\n`),
  };
}

/**
 * Posts a file as a form (RFC 7578) without holding it whole: `fetch` would send a stream without its
 * length, or need all of it at once. Rejects where there is no answer, with the error of the connection.
 */
export async function postFile(
  url: string,
  headers: Readonly<Record<string, string>>,
  fields: Readonly<Record<string, string>>,
  file: OutgoingFile,
  timeoutMs: number,
): Promise<Answer> {
  const { boundary, before, after } = frame(fields, file);
  const request = (url.startsWith('https:') ? safeRequest : plainRequest)(url, {
    method: 'POST',
    headers: {
      ...headers,
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': before.length + file.size + after.length,
    },
    signal: AbortSignal.timeout(timeoutMs),
  });
  const answered = new Promise<Answer>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
    });
  });
  async function* whole() {
    yield before;
    yield* file.bytes;
    yield after;
  }
  // A server may answer, and hang up, before it has heard everything: its answer counts.
  const sent = pipeline(whole, request).then(() => answered);
  return Promise.any([answered, sent]).catch(() => sent);
}
