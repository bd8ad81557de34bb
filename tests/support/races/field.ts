import { agentPath, conversationPath, timelinePath, type Conversation } from '@switchboard/domain';
import { aConversation, anAgent } from '@switchboard/domain/testing';
import { command, portsOn } from '@switchboard/functions/testing';
import type { Firestore } from 'firebase-admin/firestore';
import { setLogLevel } from 'firebase/firestore';
import { actionsOf, type ActionResult, type Actions } from '../../../web/src/data/actions.ts';
import { StoreFailure } from '../../../web/src/data/store.ts';
import { openOffice, type Desk } from '../data/office.ts';
import { stored } from '../rules/requests.ts';
import { loadRules, plant } from '../rules/wire.ts';
import type { Attempt, History, Point, ReplyAttempt } from './history.ts';

/** Somebody at a screen who wants conversations. */
export interface Racer {
  readonly uid: string;
  /** The app's own acts, with everything that a loser is told. */
  readonly act: Actions;
  take(id: string, seen: number): Promise<Attempt>;
  release(id: string, seen: number): Promise<Attempt>;
  reply(id: string, fence: number, entryId: string): Promise<ReplyAttempt>;
}

/** Where races happen: a project of its own under some rules, with people and a server. */
export interface Field {
  readonly racers: readonly Racer[];
  /** Puts free conversations there, all of version {@link START}. */
  readonly free: (ids: readonly string[]) => Promise<void>;
  readonly pointOf: (id: string) => Promise<Point>;
  /** The supervisor assigns, by the callable's own code: a guarded commit. */
  readonly assign: (id: string, to: string, seen: number, commandId: string) => Promise<Attempt>;
  /** What is on record of a conversation, and how it ended. */
  readonly read: (id: string) => Promise<Pick<History, 'end' | 'events'>>;
  readonly close: () => Promise<void>;
}

export const START: Point = { version: 0, holder: null };
const SUPERVISOR = 'carmen';

/** Opens a field with some racers, under the project's rules or others. */
export async function openField(
  project: string,
  size: number,
  rules: string | null = null,
): Promise<Field> {
  setLogLevel('silent');
  // The admin SDK would look for Google's metadata server, which is not on this machine.
  process.env['METADATA_SERVER_DETECTION'] ??= 'none';
  const office = await openOffice(project);
  if (rules !== null) await loadRules(project, rules);
  const desks = await Promise.all(
    Array.from({ length: size }, (_, index) => office.desk(`racer${index}`)),
  );
  const { ports, db } = portsOn(project);
  const claims = { r: 'supervisor', t: [], all: true };
  await plant(project, [
    {
      path: agentPath(SUPERVISOR),
      data: stored(anAgent({ name: SUPERVISOR, role: 'supervisor', teams: [], allTeams: true })),
    },
  ]);
  return {
    racers: desks.map(racerAt),
    free: (ids) =>
      plant(
        project,
        ids.map((id) => ({ path: conversationPath(id), data: stored(freeConversation()) })),
      ),
    pointOf: (id) => pointOf(db, id),
    async assign(conversationId, to, seen, commandId) {
      const answer = await command(
        ports,
        { uid: SUPERVISOR, token: claims },
        {
          type: 'assign',
          commandId,
          conversationId,
          expectedVersion: seen,
          to: { kind: 'agent', id: to },
        },
      );
      if (answer.code !== 'ok' && answer.code !== 'stale' && answer.code !== 'already-held') {
        throw new Error(`The supervisor's assignment was answered ${answer.code}.`);
      }
      const outcome = answer.code === 'ok' ? 'done' : 'denied';
      return { uid: SUPERVISOR, kind: 'assign', version: seen + 1, holder: to, outcome };
    },
    read: async (id) => ({ end: await pointOf(db, id), events: await eventsOf(db, id) }),
    close: async () => {
      await office.close();
      await db.terminate();
    },
  };
}

const freeConversation = (): Conversation =>
  aConversation({
    assignment: { version: START.version, at: 0, by: 'switchboard' },
    windowExpiresAt: Date.now() + 3_600_000,
  });

async function pointOf(db: Firestore, id: string): Promise<Point> {
  const data = (await db.doc(conversationPath(id)).get()).data();
  return {
    version: data?.['assignment']?.version as number,
    holder: (data?.['assignee']?.id ?? null) as string | null,
  };
}

async function eventsOf(db: Firestore, id: string): Promise<History['events']> {
  const found = await db.collection(timelinePath(id)).where('kind', '==', 'event').get();
  return found.docs.map((entry) => ({
    id: entry.id,
    type: entry.get('type') as string,
    uid: entry.get('author.id') as string,
  }));
}

/** A racer whose losses are bare: what else a loser reads to learn why is left out of the race. */
function racerAt(desk: Desk): Racer {
  const blind = {
    ...desk.store,
    readServer: () => Promise.reject(new StoreFailure('unreachable')),
  };
  const act = actionsOf({
    person: () => desk.person,
    store: () => Promise.resolve(blind),
    isOffline: () => false,
  });
  const seen = (id: string, version: number) => ({ id, assignment: { version, at: 0, by: '' } });
  const { uid } = desk;
  return {
    uid,
    act: desk.act,
    async take(id, version) {
      const outcome = outcomeOf(await act.take(seen(id, version)));
      return { uid, kind: 'take', version: version + 1, holder: uid, outcome };
    },
    async release(id, version) {
      const outcome = outcomeOf(await act.release(seen(id, version)));
      return { uid, kind: 'release', version: version + 1, holder: null, outcome };
    },
    async reply(id, fence, entryId) {
      const result = await act.reply(seen(id, fence), { id: entryId, text: 'On our way' });
      return { uid, fence, outcome: outcomeOf(result) };
    },
  };
}

/** Denied is what the rules denied; anything else means that the race was not run. */
function outcomeOf(result: ActionResult): 'done' | 'denied' {
  if (result.ok) return 'done';
  if (result.code === 'not-permitted') return 'denied';
  throw new Error(`An act ended as ${result.code}.`);
}
