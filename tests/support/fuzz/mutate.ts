/** Bodies as nobody should send them: what Meta sends, changed in its structure by chance. */
import { randomFrom } from '../random.ts';

/** Chance with the few questions that mutations ask it. */
export interface Dice {
  readonly random: () => number;
  between(least: number, most: number): number;
  pick<T>(from: readonly T[]): T;
  happens(chance: number): boolean;
}

export function dice(seed: number): Dice {
  const random = randomFrom(seed);
  const between = (least: number, most: number) =>
    least + Math.floor(random() * (most - least + 1));
  return {
    random,
    between,
    pick: (from) => from[between(0, from.length - 1)] as (typeof from)[number],
    happens: (chance) => random() < chance,
  };
}

/** A value and where it stands, so that it can be replaced there. */
interface Place {
  readonly holder: Record<string, unknown> | unknown[];
  readonly name: string;
}

/** Largest body, bytes (Meta, "Webhooks": 3 MB). */
const LARGEST = 3_000_000;

/** What only a text can hold, put into it in the end: digits that no number has, and great depth. */
const BIG = /"@@(-?\d+)@@"/g;
const DEEP = /"@@\[(\d+)@@"/g;

/** One body, as the bytes that arrive. */
export function mutated(bodies: readonly unknown[], { happens, between, ...more }: Dice): Buffer {
  const the: Dice = { happens, between, ...more };
  const body = { root: structuredClone(the.pick(bodies)) };
  const times = happens(0.1) ? 0 : happens(0.8) ? between(1, 3) : between(4, 12);
  for (let time = 0; time < times; time += 1) {
    const found = places(body);
    if (found.length > 0) the.pick(MUTATIONS)(choose(found, the), the, bodies);
  }
  if (happens(0.002)) enlarge(body, the);
  const text = (JSON.stringify(body.root) ?? '')
    .replaceAll(BIG, '$1')
    .replaceAll(DEEP, (_, depth: string) => '['.repeat(Number(depth)) + ']'.repeat(Number(depth)));
  // Meta's own limit; what is over ours is refused as such.
  return spoiled(Buffer.byteLength(text) > LARGEST ? JSON.stringify(the.pick(bodies)) : text, the);
}

/** Every place under a holder, the outer ones first. */
function places(holder: Record<string, unknown> | unknown[]): readonly Place[] {
  const found: Place[] = [];
  let level = [holder];
  while (level.length > 0 && found.length < 5_000) {
    const next: typeof level = [];
    for (const one of level)
      for (const [name, value] of Object.entries(one)) {
        found.push({ holder: one, name });
        if (isWhole(value)) next.push(value);
      }
    level = next;
  }
  return found;
}

/** Mostly inside an item: a body without its frame soon is none. */
const choose = (found: readonly Place[], { happens, between }: Dice): Place =>
  found[between(happens(0.8) ? Math.min(FRAME, found.length - 1) : 0, found.length - 1)] as Place;

/** Places outside the first item: body, entry, change and their members. */
const FRAME = 9;

const get = ({ holder, name }: Place): unknown => (holder as Record<string, unknown>)[name];
const set = ({ holder, name }: Place, value: unknown): void => {
  Object.defineProperty(holder, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
};

const isWhole = (value: unknown): value is Record<string, unknown> | unknown[] =>
  typeof value === 'object' && value !== null;

type Mutation = (place: Place, the: Dice, bodies: readonly unknown[]) => void;

const STRANGE: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  -1e308,
  0.1,
  253_402_300_800,
  '',
  ' ',
  '0',
  '-1',
  '1e999',
  'NaN',
  [],
  {},
  [[]],
  [[['deep']], 1],
  { '': 1 },
  { __name__: 1, 'a.b': 2, '`': 3, '/': 4 },
  '@@9223372036854775808@@',
  '@@-99999999999999999999@@',
  '@@[19@@',
  '@@[2000@@',
  '@@[100000@@',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff\ud83d',
  '../..',
  '__x__',
  '.',
  '🙂'.repeat(300),
];

/** Words that mean something at some place. */
const WORDS = [
  'messages',
  'statuses',
  'contacts',
  'history',
  'standby',
  'smb_message_echoes',
  'message_echoes',
  'image',
  'video',
  'interactive',
  'contacts',
  'order',
  'system',
  'user_changed_number',
  'edit',
  'revoke',
  'reaction',
  'unsupported',
  'read',
  'failed',
  'played',
  'button_reply',
  'nfm_reply',
  'call_permission_reply',
];

const retyped = (value: unknown, { pick }: Dice): unknown => {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string')
    return pick([Number(value) || 0, [value], { value }, Number.parseFloat(value) || 7]);
  if (Array.isArray(value)) return pick([{ ...value }, value[0], [value]]);
  return pick([[value], JSON.stringify(value), null]);
};

function nested(value: unknown, depth: number, asList: boolean): unknown {
  let whole = value;
  for (let level = 0; level < depth; level += 1) whole = asList ? [whole] : { in: whole };
  return whole;
}

/** Everything inside a place, here and there. */
function shaken(place: Place, the: Dice): void {
  const value = get(place);
  if (!isWhole(value)) return set(place, structuredClone(the.pick(STRANGE)));
  for (const inner of places(value))
    if (!isWhole(get(inner)) && the.happens(0.4)) set(inner, structuredClone(the.pick(STRANGE)));
}

const MUTATIONS: readonly Mutation[] = [
  // dropped
  ({ holder, name }) => {
    if (Array.isArray(holder)) holder.splice(Number(name), 1);
    else Reflect.deleteProperty(holder, name);
  },
  // there twice
  (place, the) => {
    const { holder } = place;
    const again = structuredClone(get(place));
    if (Array.isArray(holder))
      for (let time = the.between(1, 20); time > 0; time -= 1) holder.push(structuredClone(again));
    else set({ holder, name: `${place.name}2` }, again);
  },
  (place, the) => set(place, retyped(get(place), the)),
  (place, { pick }) => set(place, structuredClone(pick(STRANGE))),
  (place, { pick }) => set(place, pick(WORDS)),
  (place, { pick, between }) => set(place, nested(get(place), between(1, 40), pick([true, false]))),
  (place, { pick, between, happens }) =>
    set(
      place,
      pick(['x', 'ü', '🙂', '\ud800', '"']).repeat(happens(0.05) ? 200_000 : between(1, 3_000)),
    ),
  // a member that nobody expects
  (place, { pick }) => {
    const value = get(place);
    if (isWhole(value) && !Array.isArray(value))
      set(
        {
          holder: value,
          name: pick([
            '__proto__',
            'constructor',
            '__x__',
            '',
            'a.b',
            'toString',
            'length',
            '\ud800',
          ]),
        },
        structuredClone(pick(STRANGE)),
      );
  },
  shaken,
  shaken,
  // renamed
  (place, { pick }) => {
    if (Array.isArray(place.holder)) return;
    const value = get(place);
    Reflect.deleteProperty(place.holder, place.name);
    set({ holder: place.holder, name: pick([...WORDS, '__proto__', 'id', 'from', 'type']) }, value);
  },
  // something else of this body, or of another
  (place, the, bodies) => {
    const from = { root: the.pick(bodies) };
    set(place, structuredClone(get(the.pick(places(from)))));
  },
  // batches as one
  (place, the, bodies) => {
    const value = get(place);
    const other = the.pick(bodies) as { entry?: unknown[] };
    if (Array.isArray(value)) value.push(...structuredClone(other.entry ?? []));
    else set(place, structuredClone(other.entry ?? []));
  },
];

/** Up to 3 MB: by one long text, or by what there is many times. */
function enlarge(body: { root: unknown }, the: Dice): void {
  const text = JSON.stringify(body.root) ?? '';
  const target = the.between(500_000, 2_900_000);
  const { root } = body;
  const entries = isWhole(root) && !Array.isArray(root) ? root['entry'] : null;
  if (Array.isArray(entries) && the.happens(0.5)) {
    const first: unknown = entries[0];
    const times = Math.min(1_000, Math.floor(target / Math.max(1, text.length)));
    for (let time = 0; time < times; time += 1) entries.push(structuredClone(first));
    return;
  }
  set(the.pick([{ holder: body, name: 'root' }, ...places(body)]), 'x'.repeat(target));
}

/** A few arrive broken as texts. */
function spoiled(text: string, { happens, between }: Dice): Buffer {
  const bytes = Buffer.from(text);
  if (happens(0.01)) return bytes.subarray(0, between(0, bytes.length));
  if (happens(0.01) && bytes.length > 0) bytes[between(0, bytes.length - 1)] = between(0, 255);
  return bytes;
}
