import {
  claimsFor,
  conversationPath,
  timelinePath,
  type Conversation,
  type RefusalCode,
} from '@switchboard/domain';
import { aConversation, anAgent } from '@switchboard/domain/testing';
import {
  command,
  portsOn,
  type Caller,
  type Ports,
  type Store,
} from '@switchboard/functions/testing';
import type { Firestore } from 'firebase-admin/firestore';
import { setLogLevel } from 'firebase/firestore';
import { actionsOf, type ActionResult, type Actions } from '../../../web/src/data/actions.ts';
import { StoreFailure } from '../../../web/src/data/store.ts';
import { openOffice, type Desk, type Office } from '../data/office.ts';
import { stored } from '../rules/requests.ts';
import { loadRules, plant } from '../rules/wire.ts';
import type { Attempt, History, Outcome, Point, ReplyAttempt } from './history.ts';
import type { Wish } from './wishes.ts';

/** Somebody at a screen who wants conversations. */
export interface Racer {
  readonly uid: string;
  /** The app's own acts, with everything that a loser is told. */
  readonly act: Actions;
  /** Takes and releases as the app writes them; the rest by the callable's own code. */
  attempt(wish: Wish): Promise<Attempt>;
  reply(id: string, fence: number, entryId: string): Promise<ReplyAttempt>;
}

/** Where races happen: a project of its own under some rules, with people and a server. */
export interface Field {
  readonly racers: readonly Racer[];
  /** Every third of them supervises the team; the others are its agents. */
  readonly supervisors: ReadonlySet<string>;
  /** Puts free conversations there, all at {@link START}. */
  readonly free: (ids: readonly string[]) => Promise<void>;
  readonly pointOf: (id: string) => Promise<Point>;
  /** What is on record of a conversation, and how it ended. */
  readonly read: (id: string) => Promise<Pick<History, 'end' | 'events'>>;
  readonly close: () => Promise<void>;
}

/** Where the sabotage is, if any. */
export interface Sabotage {
  /** Rules other than the project's. */
  readonly rules?: string;
  /** Commands commit whatever the conversation has become since they read it. */
  readonly unguarded?: boolean;
}

export const START: Point = { version: 0, holder: null, resolved: false };

/** Opens a field with some racers, as the project has it or sabotaged. */
export async function openField(
  project: string,
  size: number,
  { rules, unguarded = false }: Sabotage = {},
): Promise<Field> {
  setLogLevel('silent');
  // The admin SDK would look for Google's metadata server, which is not on this machine.
  process.env['METADATA_SERVER_DETECTION'] ??= 'none';
  const office = await openOffice(project);
  if (rules !== undefined) await loadRules(project, rules);
  const { ports, db } = portsOn(project);
  const server = unguarded ? { ...ports, store: withoutGuards(ports.store) } : ports;
  const uids = Array.from({ length: size }, (_, index) => `racer${index}`);
  const supervisors = new Set(uids.filter((_, index) => index % 3 === 1));
  return {
    racers: await Promise.all(uids.map((uid) => racer(office, server, uid, supervisors.has(uid)))),
    supervisors,
    free: (ids) =>
      plant(
        project,
        ids.map((id) => ({ path: conversationPath(id), data: stored(freeConversation()) })),
      ),
    pointOf: (id) => pointOf(db, id),
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

/** A store as it would be if its commits did not demand what they were decided on. */
const withoutGuards = (store: Store): Store => ({
  ...store,
  guarded: (attempt) =>
    store.guarded(async (gather, tries) => {
      const { writes, value } = await attempt(gather, tries);
      return { writes: writes.map((write) => ({ ...write, op: 'merge' })), value };
    }),
});

async function pointOf(db: Firestore, id: string): Promise<Point> {
  const found = await db.doc(conversationPath(id)).get();
  return {
    version: found.get('assignment.version') as number,
    holder: (found.get('assignee.id') ?? null) as string | null,
    resolved: found.get('status') === 'resolved',
  };
}

async function eventsOf(db: Firestore, id: string): Promise<History['events']> {
  const found = await db.collection(timelinePath(id)).where('kind', '==', 'event').get();
  return found.docs.map((entry) => ({
    id: entry.id,
    type: entry.get('type') as string,
    uid: entry.get('author.id') as string,
    // The app's own events carry their version in their id, as the rules demand.
    version: Number(entry.get('data.version') ?? entry.id.split('-')[1]),
  }));
}

async function racer(
  office: Office,
  ports: Ports,
  uid: string,
  supervises: boolean,
): Promise<Racer> {
  const agent = anAgent({ name: uid, role: supervises ? 'supervisor' : 'agent' });
  const desk = await office.desk(uid, agent);
  const caller = { uid, token: { ...claimsFor(agent, { agentsReadAll: false }) } };
  const act = blindActs(desk);
  const send = async (wish: Wish): Promise<Outcome> => {
    if (wish.kind === 'take') return outcomeOf(await act.take(seenAt(wish)));
    if (wish.kind === 'release') return outcomeOf(await act.release(seenAt(wish)));
    return commandOutcome(ports, caller, wish);
  };
  return {
    uid,
    act: desk.act,
    attempt: async (wish) => ({ ...wish, outcome: await send(wish) }),
    async reply(id, fence, entryId) {
      const seen = { id, assignment: { version: fence, at: 0, by: '' } };
      const result = await act.reply(seen, { id: entryId, text: 'On our way' });
      return { uid, fence, outcome: outcomeOf(result) };
    },
  };
}

/** The conversation as the wisher had it on the screen. */
const seenAt = ({ conversationId, version }: Wish) => ({
  id: conversationId,
  assignment: { version: version - 1, at: 0, by: '' },
});

/** Acts whose losses are bare: what else a loser reads to learn why is left out of the race. */
function blindActs(desk: Desk): Actions {
  const blind = {
    ...desk.store,
    readServer: () => Promise.reject(new StoreFailure('unreachable')),
  };
  return actionsOf({
    person: () => desk.person,
    store: () => Promise.resolve(blind),
    isOffline: () => false,
  });
}

/** Denied is what the rules denied; any other refusal means that the race was not run. */
function outcomeOf(result: ActionResult): Outcome {
  if (result.ok) return 'done';
  if (result.code === 'not-permitted') return 'denied';
  if (result.code === 'unknown') return 'unknown';
  throw new Error(`An act ended as ${result.code}.`);
}

/** What a command that lost, or never made sense, is told. */
const DENIALS: readonly RefusalCode[] = [
  'stale',
  'already-held',
  'already-resolved',
  'not-resolved',
  'not-holder',
  'not-permitted',
];

async function commandOutcome(ports: Ports, caller: Caller, wish: Wish): Promise<Outcome> {
  const { kind, conversationId, version, holder, entryId } = wish;
  const { code } = await command(ports, caller, {
    type: kind,
    commandId: entryId.slice('cmd-'.length),
    conversationId,
    expectedVersion: version - 1,
    ...(kind === 'assign' ? { to: { kind: 'agent', id: holder } } : {}),
  });
  if (code === 'ok') return 'done';
  if (DENIALS.includes(code)) return 'denied';
  throw new Error(`The command to ${kind} was answered ${code}.`);
}
