import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agentPath, callbackData } from '@switchboard/domain';
import { anAgent } from '@switchboard/domain/testing';
import { command, dispatch, people, type Log } from '@switchboard/functions/testing';
import { aGraph, refused } from '../support/graph.ts';
import { aDelivery, aSender, aText } from '../support/payloads.ts';
import { failing } from '../support/stores.ts';
import { aStatus, aThread, queueReply, statuses, takeAs } from '../support/thread.ts';
import { aWorld } from '../support/world.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Sources below these folders, without their tests. */
function sourcesIn(...folders: readonly string[]): readonly string[] {
  return folders
    .flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true }))
    .filter((file) => file.isFile() && !file.name.includes('.test.'))
    .map((file) => join(file.parentPath, file.name));
}

const naming = (files: readonly string[], pattern: RegExp): readonly string[] =>
  files
    .filter((file) => pattern.test(readFileSync(file, 'utf8')))
    .map((file) => relative(ROOT, file))
    .sort();

describe('where the program runs', () => {
  it('no source reads FUNCTIONS_EMULATOR except the modules named here', () => {
    const files = sourcesIn('functions/src', 'domain/src', 'web/src');
    expect(files.length).toBeGreaterThan(100);
    expect(naming(files, /FUNCTIONS_EMULATOR/)).toEqual(['functions/src/platform/environment.ts']);
  });

  it('nobody asks it of another sign: an emulator’s address, the project’s name, NODE_ENV', () => {
    const signs = /FIRESTORE_EMULATOR_HOST|FIREBASE_AUTH_EMULATOR_HOST|NODE_ENV|demo-switchboard/;
    expect(naming(sourcesIn('functions/src', 'domain/src'), signs)).toEqual([
      'functions/src/adapters/local-workspace.ts',
    ]);
  });
});

describe('secrets', () => {
  const SECRETS =
    /WHATSAPP_(APP_SECRET|VERIFY_TOKEN|ACCESS_TOKEN)|demo-(app-secret|verify-token|access-token)|identity-key|SecretStore/;

  it('neither their names nor their values are in what the browser is built from', () => {
    const files = [
      ...sourcesIn('web/src', 'web/build', 'domain/src'),
      join(ROOT, 'web/index.html'),
    ];
    expect(naming(files, SECRETS)).toEqual([]);
  });

  it('no value of one is in the functions either: they come from settings', () => {
    expect(
      naming(sourcesIn('functions/src'), /demo-(app-secret|verify-token|access-token)/),
    ).toEqual([]);
  });
});

/** Everything that was logged, as text. */
function recording() {
  const lines: string[] = [];
  const add =
    (level: string): Log['info'] =>
    (event, fields = {}) =>
      void lines.push(JSON.stringify({ level, event, ...fields }));
  return { lines, log: { info: add('info'), error: add('error') } satisfies Log };
}

describe('logs', () => {
  const PRIVATE = [
    'My fridge is leaking',
    'We are on our way',
    'Marta',
    'Oliveira',
    '15550123456',
    '5550123456',
    '•••',
    'US.13491208655302741918',
    'wamid.',
    'jonas@demo.test',
    'test-app-secret',
  ];

  it('never carry a text, a name, a number or a secret, whatever happens', async () => {
    const { lines, log } = recording();
    let broken = false;
    const { graph } = aGraph(refused(131026), { kind: 'lost' });
    const world = await aWorld(
      { log, graph },
      failing(({ paths }) => broken && paths.some((path) => path.startsWith('conversations/'))),
    );
    await world.db.doc(agentPath('jonas')).set({ ...anAgent() });
    await world.db.doc(agentPath('ravi')).set({ ...anAgent({ role: 'admin' }) });
    const caller = (uid: string, r: string) => ({ uid, token: { r, t: ['support'], all: false } });

    const id = await aThread(world, '15550123456', { from_user_id: 'US.13491208655302741918' });
    const expectedVersion = await takeAs(world, id);
    for (const entryId of ['r1', 'r2', 'r3']) {
      await queueReply(world, id, entryId, expectedVersion);
      await dispatch(world.ports, id);
    }
    const named = { biz_opaque_callback_data: callbackData(id, 'r2'), id: 'wamid.X' };
    await world.post(statuses(aStatus('read', named), aStatus('odd'), aStatus('sent')));
    broken = true;
    await world.post(
      aDelivery({ contacts: [aSender()], messages: [aText('My fridge is leaking')] }),
    );
    broken = false;
    await world.post(Buffer.from('{"My fridge is leaking": "15550123456"'));
    await world.post({ My: 'fridge is leaking' }, { signature: 'sha256=00' });
    await world.post(aDelivery({ messages: [aText('My fridge is leaking')] }, '999'));
    await world.db.doc('journal/broken').set({
      fate: 'new',
      receivedAt: new Date(0),
      raw: Buffer.from('My fridge is leaking'),
    });
    await world.sweep();
    const resolveIt = { type: 'resolve', commandId: 'k1', conversationId: id, expectedVersion };
    await command(world.ports, caller('jonas', 'agent'), resolveIt);
    await command(world.ports, caller('jonas', 'agent'), { ...resolveIt, commandId: 'k2' });
    await people(world.ports, caller('ravi', 'admin'), { type: 'deactivate', uid: 'jonas' });

    const events = new Set(lines.map((line) => (JSON.parse(line) as { event: string }).event));
    expect([...events].sort()).toEqual([
      'command',
      'dispatch.answered',
      'ingest.failed',
      'people',
      'sweep.journal',
      'sweep.unreadable',
      'templates.synced',
      'webhook.received',
      'webhook.unsigned',
    ]);
    const told = PRIVATE.filter((word) => lines.some((line) => line.includes(word)));
    expect(told).toEqual([]);
  });
});
