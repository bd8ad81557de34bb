import { asNumber, asObject, asText, type MediaFailure } from '@switchboard/domain';
import type { MediaSource, SecretStore } from '../ports.ts';
import { tokenOf } from './graph.ts';

/** How long Meta may take to begin its answer, ms. */
const ANSWER_MS = 20_000;
/** How long all bytes of one media may take, ms: less than a claim holds. */
const DOWNLOAD_MS = 8 * 60 * 1000;
/** Most redirects that are followed. */
const REDIRECTS = 3;

interface SourceSettings {
  readonly graphUrl: string;
  readonly graphVersion: string;
  readonly mediaHosts: readonly string[];
  /** Addresses without TLS are good enough: Meta is a sandbox on this machine. */
  readonly emulated: boolean;
}

const failed = (failure: MediaFailure) => ({ kind: 'failed', failure }) as const;

/**
 * Media from Meta over HTTP (Meta, "Media"). The token goes to the hosts of the settings and to no
 * other, also where one of those sends us on.
 */
export const httpMedia = (settings: SourceSettings, secrets: SecretStore): MediaSource => ({
  async find(phoneNumberId, metaId) {
    const { graphUrl, graphVersion } = settings;
    const id = encodeURIComponent(metaId);
    const number = encodeURIComponent(phoneNumberId);
    const url = `${graphUrl}/${graphVersion}/${id}?phone_number_id=${number}`;
    const token = await tokenOf(secrets, phoneNumberId);
    if (token === null) return failed('unreachable');
    try {
      const response = await fetch(url, {
        headers: { authorization: `Bearer ${token}` },
        redirect: 'error',
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      return readFound(response.status, await response.json().catch(() => null));
    } catch {
      return failed('unreachable');
    }
  },
  async open(phoneNumberId, url) {
    const token = await tokenOf(secrets, phoneNumberId);
    if (token === null) return failed('unreachable');
    try {
      return await follow(settings, url, token);
    } catch {
      return failed('unreachable');
    }
  },
});

/** Reads Meta's answer about media. An id that it does not know (100) or no longer has is `gone`. */
export function readFound(
  httpStatus: number,
  body: unknown,
): Awaited<ReturnType<MediaSource['find']>> {
  const answer = asObject(body);
  const code = asNumber(asObject(answer?.['error'])?.['code']);
  const url = asText(answer?.['url']);
  if (httpStatus < 300 && url !== undefined)
    return {
      kind: 'found',
      url,
      mimeType: asText(answer?.['mime_type']) ?? '',
      size: asNumber(answer?.['file_size']) ?? null,
      sha256: asText(answer?.['sha256']) ?? null,
    };
  if (httpStatus === 404 || code === 100 || code === 33) return failed('gone');
  return failed(httpStatus >= 400 && httpStatus < 500 ? 'refused' : 'unreachable');
}

/** The bytes at an address, over as many redirects as are allowed, each to an allowed host. */
async function follow(
  settings: SourceSettings,
  address: string,
  token: string,
): ReturnType<MediaSource['open']> {
  const signal = AbortSignal.timeout(DOWNLOAD_MS);
  let url = address;
  for (let hop = 0; hop <= REDIRECTS; hop += 1) {
    if (!allowedHost(settings, url)) return failed('foreign-host');
    const response = await fetch(url, {
      // Meta's file server turns away clients that don't say what they are.
      headers: { authorization: `Bearer ${token}`, 'user-agent': 'Switchboard/1.0' },
      redirect: 'manual',
      signal,
    });
    const next = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && next !== null) {
      await response.body?.cancel();
      url = new URL(next, url).href;
      continue;
    }
    if (response.ok && response.body) return { kind: 'opened', bytes: piecesOf(response.body) };
    await response.body?.cancel();
    // An address works for five minutes; a new one is asked for at the next try.
    return failed(response.status >= 500 || response.status === 404 ? 'unreachable' : 'refused');
  }
  return failed('unreachable');
}

/**
 * The pieces of an answer, whose connection is given up with whoever reads them. Not as one of Node's
 * streams: one made of a broken connection throws past its reader (`Readable.fromWeb`).
 */
export async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** True where the token may go to this address. */
export function allowedHost(
  { mediaHosts, emulated }: Pick<SourceSettings, 'mediaHosts' | 'emulated'>,
  address: string,
): boolean {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (url.protocol !== 'https:' && !(emulated && url.protocol === 'http:')) return false;
  return mediaHosts.some((host) =>
    host.startsWith('*.') ? url.hostname.endsWith(host.slice(1)) : url.hostname === host,
  );
}
