/** A workspace as big as a busy year leaves it, written straight into the emulator. All follows from the seed. */
import {
  conversationPath,
  entryPath,
  WINDOW_MS,
  type Assignee,
  type Conversation,
  type Entry,
} from '@switchboard/domain';
import { aConversation, anInbound, anOutbound } from '@switchboard/domain/testing';
import { toFirestore, type portsOn } from '@switchboard/functions/testing';
import { seeded } from '../lib/random.ts';

export type Firestore = ReturnType<typeof portsOn>['db'];

/** Who holds them, by turns: nobody, the agent on the phone, colleagues. */
const HOLDERS: readonly (Assignee | null)[] = [
  null,
  { kind: 'agent', id: 'jonas' },
  { kind: 'agent', id: 'ana' },
  { kind: 'agent', id: 'marek' },
];
const NAMES = ['Nora', 'Paulo', 'Sofia', 'Yusuf', 'Ingrid', 'Chidi', 'Mei', 'Oksana', 'Rafael'];
const TEXTS = [
  'Hello?',
  'The washing machine stops in the middle and the door stays locked.',
  'Order K30412',
  'Can somebody come tomorrow between nine and twelve? After that nobody is at home all week.',
  'ok 👍',
  'I have sent you the invoice twice already, please tell me what else you need from me.',
];

/** Documents in one commit, and commits at once. */
const COMMIT = 400;
const AT_ONCE = 4;

const MINUTE = 60_000;

/** The id of a planted conversation, by its place; the first waits longest. */
export const plantedId = (index: number): string => `big-${String(index).padStart(5, '0')}`;

/** An open conversation of support, waiting within its window. */
function conversation(index: number, now: number, chance: () => number): Conversation {
  const at = now - WINDOW_MS + 4 * 60 * MINUTE + index * 5_000;
  const text = pick(TEXTS, chance);
  const assignee = HOLDERS[index % HOLDERS.length] ?? null;
  const unread = 1 + Math.floor(chance() * 4);
  return aConversation({
    contactId: plantedId(index),
    contact: { name: `${pick(NAMES, chance)} ${index}`, maskedPhone: '+351912 ••• 408' },
    assignee,
    assignment: { version: 1, at, by: assignee?.id ?? 'switchboard' },
    waitingSince: at,
    lastInboundAt: at,
    windowExpiresAt: at + WINDOW_MS,
    lastEntryAt: at,
    inboundCount: unread,
    readCount: 0,
    preview: {
      entryId: 'last',
      kind: 'inbound',
      type: 'text',
      text,
      author: { kind: 'customer', id: plantedId(index) },
      at,
      seq: 0,
    },
  });
}

/** Entry `index` of a thread: questions and answers over months, notes and events in between. */
function entry(index: number, at: number, chance: () => number): Entry {
  const common = { at, caseNumber: 1 + Math.floor(index / 200) };
  const author = { kind: 'agent', id: index % 4 === 1 ? 'jonas' : 'ana' } as const;
  const text = pick(TEXTS, chance);
  if (index % 50 === 49) return { ...common, kind: 'note', type: 'text', ...plain, author, text };
  if (index % 40 === 0)
    return { ...common, kind: 'event', type: 'taken', ...plain, author, data: {} };
  if (index % 2 === 0) return anInbound({ ...common, wamid: `wamid.${index}`, text });
  return anOutbound({ ...common, author, text, state: 'read', sentAt: at, readAt: at + MINUTE });
}

const plain = { schemaVersion: 1, seq: 0 } as const;

const pick = <T>(from: readonly T[], chance: () => number): T =>
  from[Math.floor(chance() * from.length)] as T;

/** Plants conversations `from` up to, not with, `to`. */
export function plantConversations(
  db: Firestore,
  { from, to, seed }: { from: number; to: number; seed: number },
): Promise<void> {
  const chance = seeded(seed);
  const now = Date.now();
  const documents = Array.from({ length: to - from }, (_, offset) => {
    const index = from + offset;
    return [conversationPath(plantedId(index)), conversation(index, now, chance)] as const;
  });
  return write(db, documents);
}

/** Plants the thread of a planted conversation; the last entry is a minute old and says `newest`. */
export function plantThread(
  db: Firestore,
  thread: { id: string; entries: number; newest: string; seed: number },
): Promise<void> {
  const { id, entries, newest } = thread;
  const chance = seeded(thread.seed);
  const end = Date.now() - MINUTE;
  const documents = Array.from({ length: entries }, (_, index) => {
    const at = end - (entries - 1 - index) * 37 * MINUTE;
    const last = index === entries - 1;
    const name = `e${String(index).padStart(6, '0')}`;
    const data = last ? anInbound({ at, wamid: name, text: newest }) : entry(index, at, chance);
    return [entryPath(id, name), data] as const;
  });
  return write(db, documents);
}

async function write(
  db: Firestore,
  documents: readonly (readonly [path: string, data: object])[],
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < documents.length) {
      const part = documents.slice(next, next + COMMIT);
      next += COMMIT;
      const batch = db.batch();
      for (const [path, data] of part)
        batch.set(db.doc(path), toFirestore(data as Record<string, unknown>));
      await batch.commit();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
