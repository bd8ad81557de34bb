import { commandEntryId, releaseEntryId, takeEntryId } from '@switchboard/domain';
import { EVENT_TYPES, possible, type Attempt, type Kind, type Point } from './history.ts';

/** What somebody wants of a conversation: an attempt that has not been made. */
export interface Wish extends Omit<Attempt, 'outcome'> {
  readonly conversationId: string;
}

/** Who wishes. */
export interface Wisher {
  readonly uid: string;
}

const KINDS = Object.keys(EVENT_TYPES) as readonly Kind[];
/** How often somebody wants what can't be, as from a screen that is behind. */
const SENSELESS = 0.2;

const pick = <T>(list: readonly T[], random: () => number): T =>
  list[Math.floor(random() * list.length)] as T;

/** The event that an attempt leaves: a command's is named by its own id, so that a repeat finds it. */
function entryIdOf(kind: Kind, version: number, commandId: string): string {
  if (kind === 'take') return takeEntryId(version);
  return kind === 'release' ? releaseEntryId(version) : commandEntryId(commandId);
}

/** The wish to take, release, assign (to `to`), resolve or reopen what has been seen at a version. */
export function wishOf(
  { uid }: Wisher,
  kind: Kind,
  conversationId: string,
  seen: Pick<Point, 'version'>,
  asked: { readonly to: string; readonly commandId: string },
): Wish {
  const version = seen.version + 1;
  const holders = { take: uid, release: null, assign: asked.to, resolve: null, reopen: uid };
  const entryId = entryIdOf(kind, version, asked.commandId);
  return { uid, kind, conversationId, version, holder: holders[kind], entryId };
}

/** What a crowd may wish for, and who of it may what. */
export interface Crowd {
  readonly people: readonly Wisher[];
  readonly supervisors: ReadonlySet<string>;
  readonly random: () => number;
}

/**
 * One wish of everybody, on what each has seen. Mostly what the state allows, so that several could
 * have it; now and then what it does not, which must be refused. In some rounds all press the same.
 */
export function wishesOf(
  { people, supervisors, random }: Crowd,
  conversationId: string,
  seenBy: (one: Wisher) => Point,
  round: number,
): readonly Wish[] {
  const fashion = random() < 0.3 ? pick(KINDS, random) : null;
  return people.map((one) => {
    const seen = seenBy(one);
    const to = pick(people, random).uid;
    const asked = { to, commandId: `${conversationId}-${round}-${one.uid}` };
    const all = KINDS.map((kind) => wishOf(one, kind, conversationId, seen, asked));
    const sensible = all.filter((wish) => possible(wish, seen, supervisors));
    const fashionable = sensible.find(({ kind }) => kind === fashion);
    if (fashionable) return fashionable;
    return sensible.length === 0 || random() < SENSELESS
      ? pick(all, random)
      : pick(sensible, random);
  });
}
