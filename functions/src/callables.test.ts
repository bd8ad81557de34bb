import { agentPath, CALLABLES, create, type CallableName } from '@switchboard/domain';
import { anAgent } from '@switchboard/domain/testing';
import { describe, expect, it } from 'vitest';
import { JOBS } from './callables.ts';
import { Contended, type Ports } from './ports.ts';
import { memoryStore } from './seeding/memory-store.ts';

const NAMES = Object.keys(CALLABLES) as CallableName[];

/** For each: an input that fits, of somebody who may not. Who may is in `tests/functions`. */
const REFUSED: Readonly<Record<CallableName, { readonly input: unknown; readonly code: string }>> =
  {
    command: {
      input: { type: 'resolve', commandId: 'k1', conversationId: 'none', expectedVersion: 0 },
      code: 'not-found',
    },
    people: { input: { type: 'deactivate', uid: 'ana' }, code: 'not-permitted' },
    ledger: { input: { type: 'dismiss', itemId: 'x', note: 'A test' }, code: 'not-permitted' },
    alerts: { input: { type: 'acknowledge', alertId: 'x' }, code: 'not-permitted' },
    channel: { input: { type: 'set', channelId: '1' }, code: 'not-permitted' },
    schedule: {
      input: { type: 'cancel', scheduledId: 'none', conversationId: 'none' },
      code: 'not-found',
    },
    receipt: { input: { conversationId: 'none', moment: 'opened' }, code: 'not-found' },
    media: { input: { type: 'retry', conversationId: 'none', entryId: 'e1' }, code: 'not-found' },
  };

const jonas = { uid: 'jonas', token: { r: 'agent', t: ['support'], all: false } };
const ravi = { uid: 'ravi', token: { r: 'admin', t: [], all: true } };
/** What an admin alone may do has no rivals among others. */
const rival = (name: CallableName) => (name === 'ledger' || name === 'alerts' ? ravi : jonas);

/** Ports over an office with Jonas, an agent; what was logged is kept. */
function anOffice(over: Partial<Ports['store']> = {}) {
  const store = memoryStore();
  store.apply([
    create(agentPath('jonas'), { ...anAgent() }),
    create(agentPath('ravi'), { ...anAgent({ role: 'admin', teams: [], allTeams: true }) }),
  ]);
  const lines: Readonly<Record<string, unknown>>[] = [];
  const guarded: Ports['store']['guarded'] = async (attempt) => {
    const { writes, value } = await attempt(store, 0);
    store.apply(writes);
    return value;
  };
  const ports = {
    store: { ...store, guarded, ...over },
    clock: { now: () => 0 },
    log: { info: (event: string, fields: object) => lines.push({ event, ...fields }) },
  } as unknown as Ports;
  return { ports, lines };
}

describe.each(NAMES)('%s', (name) => {
  const { input, code } = REFUSED[name];

  it('is for people who are signed in', async () => {
    expect(await JOBS[name](anOffice().ports, null, input)).toMatchObject({
      code: 'not-signed-in',
    });
  });

  it.each([[undefined], [null], ['x'], [{}], [{ type: 'explode' }]])(
    'does not take %j',
    async (bad) => {
      expect(await JOBS[name](anOffice().ports, jonas, bad)).toMatchObject({ code: 'bad-input' });
    },
  );

  it('refuses whoever may not, and the log says so', async () => {
    const office = anOffice();
    expect(await JOBS[name](office.ports, jonas, input)).toMatchObject({ code });
    expect(office.lines).toMatchObject([{ event: name, by: 'jonas', code }]);
  });

  it('is busy where too many want the same, and the log says so', async () => {
    const office = anOffice({ guarded: () => Promise.reject(new Contended(3)) });
    const busy = { code: 'busy', retryable: true };
    expect(await JOBS[name](office.ports, rival(name), input)).toEqual(busy);
    expect(office.lines).toMatchObject([{ event: name, code: 'busy' }]);
  });
});
