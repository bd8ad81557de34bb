import {
  casePath,
  conversationPath,
  create,
  entryPath,
  type Conversation,
} from '@switchboard/domain';
import { aConversation, anOutbound, NOW } from '@switchboard/domain/testing';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../seeding/memory-store.ts';
import { report } from './report.ts';

const MINUTE = 60_000;
const id = { conversationId: 'c1', entryId: 'r1' };

const inbound = (name: string, at: number, caseNumber: number) =>
  create(entryPath('c1', name), {
    schemaVersion: 1,
    kind: 'inbound',
    at,
    receivedAt: at,
    caseNumber,
    author: { kind: 'customer', id: 'k1' },
    wamid: name,
    type: 'text',
    text: 'Hello',
  });

/** A third case with one message and one accepted reply, after a long history. */
function aLongStory() {
  const store = memoryStore();
  const openedAt = NOW - 10 * MINUTE;
  const conversation: Conversation = aConversation({
    status: 'pending',
    caseNumber: 3,
    waitingSince: null,
    lastInboundAt: openedAt,
    lastAnswerAt: NOW - MINUTE,
  });
  const { text: _, ...reply } = anOutbound({
    state: 'accepted',
    caseNumber: 3,
    at: NOW - MINUTE,
    wamid: 'w1',
  });
  store.apply([
    create(conversationPath('c1'), { ...conversation }),
    create(casePath('c1', 3), { schemaVersion: 1, number: 3, openedAt }),
    ...Array.from({ length: 150 }, (__, n) => inbound(`old${n}`, NOW - 9_000_000 + n, 2)),
    inbound('new', openedAt, 3),
    create(entryPath('c1', 'r1'), { ...reply }),
  ]);
  return { store, openedAt };
}

describe('a reply that failed', () => {
  it('leaves its customer waiting since the message of this case, however long the history is', async () => {
    const { store, openedAt } = aLongStory();
    await report({ store }, id, { state: 'failed', at: NOW });
    expect(store.documents().get(conversationPath('c1'))).toMatchObject({
      status: 'open',
      waitingSince: openedAt,
      lastAnswerAt: null,
    });
  });
});

describe('two replies that fail in the same moment', () => {
  it('leave their customer waiting, whichever is heard of first', async () => {
    const { store, openedAt } = aLongStory();
    const { text: _, ...earlier } = anOutbound({
      state: 'accepted',
      caseNumber: 3,
      at: NOW - 2 * MINUTE,
      wamid: 'w0',
    });
    store.apply([create(entryPath('c1', 'r0'), { ...earlier })]);
    const fails = (entryId: string) =>
      report({ store }, { ...id, entryId }, { state: 'failed', at: NOW });
    await Promise.all([fails('r0'), fails('r1')]);
    expect(store.documents().get(conversationPath('c1'))).toMatchObject({
      status: 'open',
      waitingSince: openedAt,
      lastAnswerAt: null,
    });
  });
});
