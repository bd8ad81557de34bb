import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { asObject, asObjects, type Json } from '@switchboard/domain';
import { startSandbox, type Sandbox } from '@switchboard/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAYLOADS, PAYLOADS_ARE_HERE } from '../corpus/payloads.ts';

let sandbox: Sandbox;
let webhook: Server;
const posted: unknown[] = [];

beforeAll(async () => {
  webhook = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posted.push(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      response.end();
    });
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  const webhookUrl = `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/`;
  sandbox = await startSandbox({ port: 0, webhookUrl });
});
afterAll(async () => {
  await sandbox.stop();
  await new Promise((resolve) => webhook.close(resolve));
});

/** The first change of a body, with the entry's time. */
function changeOf(body: unknown): Json {
  const [entry] = asObjects(asObject(body)?.['entry']);
  const [change] = asObjects(entry?.['changes']);
  return { time: entry?.['time'], field: change?.['field'], value: change?.['value'] };
}

/** Every property of a value with its type: `rejection_info.reason string`. Of a list, its first item. */
function shapeOf(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return shapeOf(value[0], `${path}[]`);
  const object = asObject(value);
  if (object === undefined) return [`${path} ${typeof value}`];
  return Object.entries(object).flatMap(([name, one]) => shapeOf(one, `${path}.${name}`));
}

const template = { name: 'reopen', language: 'en' };
const NEWS: readonly [file: string, path: string, body: object][] = [
  [
    'message_template_status_update_approved',
    'templates/status',
    { ...template, event: 'APPROVED' },
  ],
  [
    'message_template_status_update_rejected',
    'templates/status',
    { ...template, event: 'REJECTED', reason: 'INVALID_FORMAT' },
  ],
  [
    'phone_number_quality_update_throughput_upgrade',
    'quality',
    { event: 'THROUGHPUT_UPGRADE', limit: 'TIER_UNLIMITED' },
  ],
  ['account_update_disabled_update', 'account', { event: 'DISABLED_UPDATE', detail: 'REINSTATE' }],
  ['account_update_account_restriction', 'account', { event: 'ACCOUNT_RESTRICTION' }],
  ['account_update_account_violation', 'account', { event: 'ACCOUNT_VIOLATION', detail: 'ADULT' }],
  ['account_update_verified_account', 'account', { event: 'VERIFIED_ACCOUNT' }],
  ['account_update_account_offboarded', 'account', { event: 'ACCOUNT_OFFBOARDED' }],
  ['account_update_account_reconnected', 'account', { event: 'ACCOUNT_RECONNECTED' }],
  ['account_update_account_deleted', 'account', { event: 'ACCOUNT_DELETED' }],
  ['-placeholder__account_alerts', 'alert', {}],
  ['errors', 'errors', { code: 130429 }],
];

const fileOf = (name: string): string =>
  join(PAYLOADS, name.startsWith('-') ? `meta-docs${name}.json` : `meta-docs__${name}.json`);

describe.skipIf(!PAYLOADS_ARE_HERE)(`Meta’s own examples (in ${PAYLOADS})`, () => {
  it.each(NEWS)('%s has nothing that the sandbox’s lacks', async (name, path, body) => {
    expect(existsSync(fileOf(name))).toBe(true);
    const example = changeOf(JSON.parse(readFileSync(fileOf(name), 'utf8')));
    const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
    const ours = changeOf(posted.at(-1));
    expect(ours['field']).toBe(example['field']);
    expect(shapeOf(ours)).toEqual(expect.arrayContaining([...shapeOf(example)]));
  });
});
