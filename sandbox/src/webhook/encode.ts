import { createHmac } from 'node:crypto';
import type { JsonObject } from '../model.ts';

/**
 * The exact text of a webhook body: JSON in which every non-ASCII character is a `\uXXXX` escape
 * in lower case and `/` is `\/`, which is the form that Meta signs (Graph API, "Webhooks, validate
 * payloads"). Lone surrogates stay representable this way.
 */
export function encodeBody(body: JsonObject): string {
  return JSON.stringify(body)
    .replaceAll('/', '\\/')
    .replace(
      /[\u007f-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

/** The value of `X-Hub-Signature-256` for these exact bytes. */
export function signature(body: string | Uint8Array, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}
