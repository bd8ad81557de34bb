/**
 * The words in which the demo's conversations are told: who did what, and how long before the start.
 * A span is written as people say it: `4m`, `6h 12m`, `103d`, `40s`.
 */
import { fileNamed } from './files.ts';
import { teamOf, type AgentUid, type TeamId, type Uid } from './office.ts';

type Item = Readonly<Record<string, unknown>>;

/** A customer as WhatsApp shows them; the numbers are invented. */
export interface Person {
  readonly name: string;
  /** Digits; the sandbox's phone of this customer. */
  readonly phone: string;
  readonly username?: string;
  /** The number is kept from the business. */
  readonly phoneHidden?: boolean;
}

interface Named {
  /** A name by which later steps of the story quote this message. */
  readonly as?: string;
  readonly quotes?: string;
}

/** How far a reply came; `too-fast` did not leave (131056, the pair rate limit). */
export type Reach = 'sent' | 'delivered' | 'read' | 'too-fast';

type Act =
  | ({ readonly does: 'write'; readonly item: Item } & Named)
  | { readonly does: 'react'; readonly emoji: string; readonly to: string }
  | ({
      readonly does: 'reply';
      readonly by: Uid;
      readonly text: string;
      readonly reach: Reach;
    } & Named)
  | { readonly does: 'note'; readonly by: Uid; readonly text: string }
  | { readonly does: 'take' | 'release' | 'resolve' | 'reopen' | 'look'; readonly by: Uid }
  | { readonly does: 'move'; readonly by: Uid; readonly team: TeamId };

/** One thing that happened, `ago` ms before the start. */
export type Step = Act & { readonly ago: number };

/** One customer's conversation from its first message on, in the order of time. */
export interface Story {
  readonly person: Person;
  readonly steps: readonly Step[];
}

const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 } as const;

/** Milliseconds of a span such as `6h 12m`. Throws for anything else. */
export function span(text: string): number {
  return text.split(' ').reduce((sum, part) => {
    const found = /^(\d+)([dhms])$/.exec(part);
    if (!found) throw new Error(`"${text}" is no span of time: write it as "6h 12m".`);
    return sum + Number(found[1]) * UNITS[found[2] as keyof typeof UNITS];
  }, 0);
}

const step = (ago: string, act: Act): Step => ({ ago: span(ago), ...act });

export const says = (ago: string, text: string, named: Named = {}): Step =>
  step(ago, { does: 'write', item: { type: 'text', text: { body: text } }, ...named });
export const sends = (ago: string, item: Item, named: Named = {}): Step =>
  step(ago, { does: 'write', item, ...named });
export const reacts = (ago: string, emoji: string, to: string): Step =>
  step(ago, { does: 'react', emoji, to });
export const replies = (
  ago: string,
  by: Uid,
  text: string,
  { reach = 'read', ...named }: Named & { readonly reach?: Reach } = {},
): Step => step(ago, { does: 'reply', by, text, reach, ...named });
export const notes = (ago: string, by: Uid, text: string): Step =>
  step(ago, { does: 'note', by, text });
export const takes = (ago: string, by: Uid): Step => step(ago, { does: 'take', by });
export const releases = (ago: string, by: Uid): Step => step(ago, { does: 'release', by });
export const resolves = (ago: string, by: Uid): Step => step(ago, { does: 'resolve', by });
export const reopens = (ago: string, by: Uid): Step => step(ago, { does: 'reopen', by });
/** Opens it and reads what is there. */
export const looks = (ago: string, by: Uid): Step => step(ago, { does: 'look', by });
/** The supervisor sends it to another team. */
export const moves = (ago: string, team: TeamId): Step =>
  step(ago, { does: 'move', by: 'carmen', team });

// Messages that are not text, as Meta's webhook carries them; `file` names one of scripts/demo/files.

export const photo = (file: string, caption?: string): Item => media('image', file, { caption });
export const voiceNote = (file: string): Item => media('audio', file, { voice: true });
export const pdf = (file: string): Item => media('document', file, { filename: file });
export const place = (name: string, latitude: number, longitude: number): Item => ({
  type: 'location',
  location: { name, latitude, longitude },
});
/** A poll, which WhatsApp does not hand to businesses (Meta, "Unsupported messages webhook reference"). */
export const poll = (): Item => ({
  type: 'unsupported',
  unsupported: { type: 'poll_creation' },
  errors: [
    {
      code: 131051,
      title: 'Message type unknown',
      message: 'Message type unknown',
      error_data: { details: 'Message type is currently not supported.' },
    },
  ],
});

function media(type: string, file: string, rest: Item): Item {
  const { id, mimeType, sha256 } = fileNamed(file);
  return { type, [type]: { id, mime_type: mimeType, sha256, ...rest } };
}

/** The customer's first words reach Support; what is another team's is sent there. */
function arrives(team: TeamId, words: readonly Step[]): readonly Step[] {
  const [first, ...rest] = words;
  if (!first) throw new Error('A story begins with the customer.');
  if (team === 'support') return words;
  const moved: Step = { ago: first.ago - 20_000, does: 'move', by: 'carmen', team };
  return [first, moved, ...rest].toSorted((a, b) => b.ago - a.ago);
}

/** Nobody has it yet. */
export const waits = (person: Person, team: TeamId, ...words: readonly Step[]): Story => ({
  person,
  steps: arrives(team, words),
});

/** Held by `by` from shortly after the customer's first words on, and whatever follows. */
export function held(person: Person, by: AgentUid, first: Step, ...then: readonly Step[]): Story {
  const taken: Step = { ago: first.ago - 60_000, does: 'take', by };
  const steps = [...arrives(teamOf(by), [first]), taken, ...then];
  return { person, steps: steps.toSorted((a, b) => b.ago - a.ago) };
}
