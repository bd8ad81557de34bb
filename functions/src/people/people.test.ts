import { agentPath, create, type Agent, type Claims } from '@switchboard/domain';
import { anAgent } from '@switchboard/domain/testing';
import { describe, expect, it } from 'vitest';
import { Contended, type Accounts, type Attempt, type Gather, type Ports } from '../ports.ts';
import { memoryStore } from '../seeding/memory-store.ts';
import { applyClaims, people } from './people.ts';

const path = agentPath('jonas');

/** An office in memory, and what Auth was last told of Jonas. `meanwhile` happens once, while Auth is told. */
function anOffice(agent: Agent, meanwhile: () => void = () => undefined) {
  const store = memoryStore();
  store.apply([create(path, { ...agent })]);
  const told: (Claims | null)[] = [];
  const accounts: Accounts = {
    apply(_, claims) {
      if (told.push(claims) === 1) meanwhile();
      return Promise.resolve();
    },
  };
  // As Firestore: an update holds only while the document is the one that was read.
  async function guarded<T>(attempt: (gather: Gather, tries: number) => Promise<Attempt<T>>) {
    for (let tries = 0; tries < 3; tries += 1) {
      const before = store.documents().get(path);
      const { writes, value } = await attempt(store, tries);
      if (store.documents().get(path) !== before) continue;
      store.apply(writes);
      return value;
    }
    throw new Contended(3);
  }
  const ports = { store: { ...store, guarded }, accounts } as unknown as Ports;
  return { ports, store, told };
}

describe('claims', () => {
  it('are applied again where the colleague was switched off while Auth was told of the old state', async () => {
    const office = anOffice(anAgent(), () => {
      office.store.apply([{ op: 'merge', path, data: { active: false } }]);
    });
    await applyClaims(office.ports, 'jonas');
    expect(office.told).toEqual([expect.objectContaining({ r: 'agent' }), null]);
    expect(office.store.documents().get(path)).toMatchObject({ active: false, claims: null });
  });

  it('are nobody’s where there is no such colleague', async () => {
    const office = anOffice(anAgent());
    await applyClaims(office.ports, 'nobody');
    expect(office.told).toEqual([]);
  });
});

describe('somebody without claims', () => {
  it('is refused before the office is read', async () => {
    const office = anOffice(anAgent());
    const query = () => Promise.reject(new Error('read'));
    const { store } = office.ports;
    const ports = {
      ...office.ports,
      store: {
        ...store,
        guarded: (attempt: Parameters<typeof store.guarded>[0]) =>
          attempt({ ...store, query }, 0).then(({ value }) => value),
      },
      log: { info: () => undefined, error: () => undefined },
    } as unknown as Ports;
    const stranger = { uid: 'stranger', token: {} };
    expect(await people(ports, stranger, { type: 'deactivate', uid: 'jonas' })).toEqual({
      code: 'not-permitted',
      retryable: false,
    });
  });
});
