import type { Person } from '@switchboard/domain';
import { aConversation, aPerson } from '@switchboard/domain/testing';
import { computed, ref, shallowRef } from 'vue';
import type { ActionResult } from '../../../data/actions.ts';
import type { ConversationRow } from '../../../data/conversations.ts';
import type { DraftHandle } from '../../../data/drafts.ts';
import type { LiveState } from '../../../data/live.ts';
import type { ListedEntry } from '../model/rows.ts';

/** What the data modules answer in tests of this feature; a test sets it, the mocks read it. */
export const world = {
  conversation: shallowRef<ConversationRow | null>(null),
  state: ref<LiveState>('ready'),
  entries: shallowRef<readonly ListedEntry[]>([]),
  /** The entries are what this device had kept; the server has not confirmed them. */
  kept: ref(false),
  person: shallowRef<Person>(aPerson()),
  truth: ref<'live' | 'behind' | 'offline'>('live'),
  draft: { reply: ref(''), note: ref(''), reason: ref<DraftHandle['reason']['value']>(null) },
};

/** Jonas, before an open conversation that he holds. */
export function resetWorld(): void {
  world.conversation.value = conversation({ assignee: { kind: 'agent', id: 'jonas' } });
  world.state.value = 'ready';
  world.entries.value = [];
  world.kept.value = false;
  world.person.value = aPerson();
  world.truth.value = 'live';
  world.draft.reply.value = '';
  world.draft.note.value = '';
  world.draft.reason.value = null;
}

/** A conversation as lists have it. */
export const conversation = (over: Partial<ConversationRow> = {}): ConversationRow => ({
  ...aConversation(over),
  id: 'c1',
});

const NAMES: Readonly<Record<string, string>> = {
  jonas: 'Jonas Weber',
  ana: 'Ana Ruiz',
  carmen: 'Carmen Ortega',
};

/** Stands in for `data/people.ts`. */
export const testPeople = () => ({
  useNames: () => ({ nameOf: (uid: string) => NAMES[uid] }),
  useAgents: () => ({
    agents: computed(
      () =>
        new Map(
          Object.entries(NAMES).map(([uid, name]) => [
            uid,
            {
              uid,
              name,
              role: uid === 'carmen' ? ('supervisor' as const) : ('agent' as const),
              teams: ['support'],
              active: true,
              email: '',
              allTeams: false,
              claims: { r: 'agent' as const, t: ['support'], all: false },
            },
          ]),
        ),
    ),
    state: computed(() => 'ready'),
  }),
  useTeams: () => ({
    teams: computed(
      () =>
        new Map([
          ['support', { id: 'support', name: 'Support' }],
          ['billing', { id: 'billing', name: 'Billing' }],
        ]),
    ),
    state: computed(() => 'ready'),
  }),
});

/** The draft of the test’s world, in the place of the one on the server. */
export const testDraft = () => ({
  ...world.draft,
  ready: ref(true),
  clear: (kind: 'reply' | 'note') => {
    world.draft[kind].value = '';
    world.draft.reason.value = null;
  },
  keptAt: () => null,
  explain: (reason: DraftHandle['reason']['value']) => {
    world.draft.reason.value = reason;
  },
});

/** An answer that comes when the test says so. */
export function later(): {
  promise: Promise<ActionResult>;
  answer: (result: ActionResult) => void;
} {
  let answer: (result: ActionResult) => void = () => undefined;
  const promise = new Promise<ActionResult>((resolve) => (answer = resolve));
  return { promise, answer };
}
