import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * True where the header is Meta's `X-Hub-Signature-256` over exactly these bytes under one of the
 * secrets (Meta, "Webhooks", validating payloads). Every secret is tried, in constant time each.
 */
export function signatureHolds(
  body: Uint8Array,
  header: string | undefined,
  secrets: readonly string[],
): boolean {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(header ?? '')?.[1];
  if (given === undefined) return false;
  const bytes = Buffer.from(given, 'hex');
  return secrets
    .map((secret) => timingSafeEqual(createHmac('sha256', secret).update(body).digest(), bytes))
    .includes(true);
}

/** Compares a token in constant time, whatever its length. */
export function tokenMatches(given: string, expected: readonly string[]): boolean {
  const digest = (value: string) => createHmac('sha256', 'length').update(value).digest();
  return expected.map((token) => timingSafeEqual(digest(given), digest(token))).includes(true);
}
