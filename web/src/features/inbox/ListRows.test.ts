import { aConversation, aPerson } from '@switchboard/domain/testing';
import { mount, flushPromises } from '@vue/test-utils';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { computed, ref, shallowRef } from 'vue';
import type { Virtualizer } from 'virtua/vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import type { ActionResult } from '../../data/actions.ts';
import type { ConversationList, ConversationRow } from '../../data/conversations.ts';
import type { LiveState } from '../../data/live.ts';
import type { List, Section } from '../../data/queries.ts';
import { chooseLanguage } from '../../i18n/index.ts';
import { ROUTES } from '../../router/names.ts';
import { useToast } from '../../ui/index.ts';
import ListRows from './ListRows.vue';

const world = vi.hoisted(() => ({
  take: vi.fn<(row: ConversationRow) => Promise<ActionResult>>(),
  look: vi.fn<(id: string) => Promise<ConversationRow>>(),
  lists: new Map<string, ConversationList>(),
  longest: null as { value: ConversationRow | null } | null,
}));
vi.mock('../../data/actions.ts', () => ({ take: world.take, release: vi.fn() }));
vi.mock('../../data/people.ts', () => ({
  useNames: () => ({ nameOf: () => 'Ana Ruiz' }),
  findName: async () => 'Ana Ruiz',
}));
vi.mock('../../data/session.ts', () => ({
  useSession: () => ({ person: shallowRef({ ...aPerson(), name: 'Jonas Weber' }) }),
}));
vi.mock('../../data/conversations.ts', () => ({
  lookAgain: world.look,
  useConversationList: (list: List, section: Section) => world.lists.get(`${list} ${section}`),
  useListCounts: () => ({
    counts: ref({ queue: { value: 3, more: false } }),
    longestWaiting: world.longest,
  }),
}));
const drawn = vi.hoisted(() => vi.fn<(id: string) => void>());
vi.mock('./row-view.ts', async (original) => {
  const module = await original<typeof import('./row-view.ts')>();
  const rowView: typeof module.rowView = (row, eyes) => {
    drawn(row.id);
    return module.rowView(row, eyes);
  };
  return { ...module, rowView };
});
// What is drawn is tested here; what is left out far below belongs to virtua.
vi.mock('virtua/vue', async () => {
  const { defineComponent, h } = await import('vue');
  return {
    Virtualizer: defineComponent({
      name: 'Virtualizer',
      props: { data: { type: Array, required: true } },
      emits: ['scroll'],
      setup: (props, { slots, expose }) => {
        expose({
          scrollToIndex: () => undefined,
          findItemIndex: (offset: number) => (offset === 0 ? 0 : props.data.length - 1),
          scrollOffset: 0,
          viewportSize: 1,
        });
        return () =>
          h(
            'ul',
            props.data.map((item) => h('li', slots['default']?.({ item }))),
          );
      },
    }),
  };
});

interface Shown {
  rows?: ConversationRow[];
  state?: LiveState;
  ended?: boolean;
}
const retry = vi.fn();
function put(name: string, { rows = [], state = 'ready', ended = true }: Shown): void {
  world.lists.set(name, {
    rows: shallowRef(rows),
    state: computed(() => state),
    fromCache: computed(() => false),
    ended: computed(() => ended),
    skipped: computed(() => 0),
    more: () => undefined,
    retry,
  });
}

function found(name: string): ConversationList {
  const list = world.lists.get(name);
  if (!list) throw new Error(`No list "${name}".`);
  return list;
}

const row = (id: string, over: Partial<ConversationRow> = {}): ConversationRow => ({
  ...aConversation({ contact: { name: id, maskedPhone: null } }),
  id,
  ...over,
});

async function open(list: List) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/inbox/:list', name: ROUTES.inbox, component: { template: '<i />' } },
      {
        path: '/inbox/:list/:conversationId',
        name: ROUTES.conversation,
        component: { template: '<i />' },
      },
    ],
  });
  await router.push(`/inbox/${list}`);
  const wrapper = mount(ListRows, {
    props: { list, sections: ['open', 'pending'] },
    global: { plugins: [router] },
    attachTo: document.body,
  });
  return { wrapper, router };
}
const notices = () => useToast().toasts.value.map(({ text }) => text);

// What comes on demand is compiled before, not while a test waits for it.
beforeAll(() => Promise.all([import('./EmptyList.vue'), import('./ListState.vue')]));
beforeAll(() => chooseLanguage('en'));
beforeEach(() => {
  document.body.replaceChildren();
  world.lists.clear();
  world.take.mockReset();
  world.look.mockReset();
  world.longest = shallowRef<ConversationRow | null>(null);
  for (const list of ['mine', 'queue'])
    for (const section of ['open', 'pending']) put(`${list} ${section}`, {});
});

describe('A list on the screen', () => {
  it('has a link for each row and a heading above those who wait for the customer', async () => {
    put('mine open', { rows: [row('Marta'), row('Yuki')] });
    put('mine pending', { rows: [row('Rosa', { status: 'pending', waitingSince: null })] });
    const { wrapper } = await open('mine');
    expect(wrapper.findAll('a').map((link) => link.attributes('href'))).toEqual([
      '/inbox/mine/Marta',
      '/inbox/mine/Yuki',
      '/inbox/mine/Rosa',
    ]);
    expect(wrapper.get('h2').text()).toBe('Waiting for the customer 1');
  });

  it('draws only what changed, and nothing where a conversation is opened elsewhere', async () => {
    const [marta, yuki] = [row('Marta'), row('Yuki')];
    const rows = shallowRef([marta, yuki]);
    put('team open', {});
    put('team pending', {});
    world.lists.set('team open', { ...world.lists.get('team open')!, rows });
    const { wrapper, router } = await open('team');
    drawn.mockClear();
    rows.value = [marta, { ...yuki, inboundCount: 7 }];
    await flushPromises();
    expect(drawn.mock.calls).toEqual([['Yuki']]);
    expect(wrapper.text()).toContain('7');
    drawn.mockClear();
    await router.push('/inbox/team/somebody-else');
    await flushPromises();
    expect(drawn).not.toHaveBeenCalled();
  });

  it('reads on only for somebody who scrolls, and then until what is in sight is there', async () => {
    const rows = shallowRef([row('Marta')]);
    const more = vi.fn();
    put('queue open', { ended: false });
    world.lists.set('queue open', { ...world.lists.get('queue open')!, rows, more });
    const { wrapper } = await open('queue');
    rows.value = [row('Marta'), row('Yuki')];
    await flushPromises();
    expect(more).not.toHaveBeenCalled();
    wrapper.getComponent<typeof Virtualizer>({ name: 'Virtualizer' }).vm.$emit('scroll', 0);
    expect(more).toHaveBeenCalledTimes(1);
    rows.value = [row('Marta'), row('Yuki'), row('Ivan')];
    await flushPromises();
    expect(more).toHaveBeenCalledTimes(2);
  });

  it('takes from the queue, says "taking" until it is sure, and opens what is yours', async () => {
    put('queue open', { rows: [row('Ivan')] });
    let answer: (result: ActionResult) => void = () => undefined;
    world.take.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    const { wrapper, router } = await open('queue');
    await wrapper.get('button').trigger('click');
    expect(wrapper.text()).toContain('Taking');
    answer({ ok: true });
    await flushPromises();
    expect(wrapper.text()).not.toContain('Taking');
    expect(router.currentRoute.value.fullPath).toBe('/inbox/queue/Ivan');
  });

  it('does not pull somebody back who went elsewhere meanwhile, but says that it is theirs', async () => {
    put('queue open', { rows: [row('Ivan')] });
    let answer: (result: ActionResult) => void = () => undefined;
    world.take.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    const { wrapper, router } = await open('queue');
    await wrapper.get('button').trigger('click');
    await router.push('/inbox/mine');
    answer({ ok: true });
    await flushPromises();
    expect(router.currentRoute.value.fullPath).toBe('/inbox/mine');
    expect(notices()).toContain('Ivan is yours now.');
  });

  it('tells who was faster, and stays', async () => {
    put('queue open', { rows: [row('Ivan')] });
    world.take.mockResolvedValue({
      ok: false,
      code: 'already-held',
      holder: { kind: 'agent', id: 'ana' },
    });
    const { wrapper, router } = await open('queue');
    await wrapper.get('button').trigger('click');
    await flushPromises();
    expect(notices()).toContain('Ana Ruiz was faster. Ivan is theirs.');
    expect(router.currentRoute.value.fullPath).toBe('/inbox/queue');
  });

  it('says for a moment who took a row of the queue, then lets it go', async () => {
    const rows = shallowRef([row('Marta'), row('Yuki'), row('Rosa')]);
    world.lists.set('queue open', { ...found('queue open'), rows });
    const assignee = { kind: 'agent', id: 'ana' } as const;
    world.look.mockResolvedValue(row('Yuki', { assignee }));
    const { wrapper } = await open('queue');
    vi.useFakeTimers();
    rows.value = [row('Marta'), row('Rosa')];
    await flushPromises();
    const links = () => wrapper.findAll('a').map((link) => link.attributes('aria-label'));
    expect(links()).toHaveLength(3);
    expect(links()[1]).toMatch(/^Yuki,.*Ana has it/);
    expect(wrapper.findAll('button').map((button) => button.attributes('aria-label'))).toEqual([
      'Take: Marta',
      'Take: Rosa',
    ]);
    await vi.runAllTimersAsync();
    vi.useRealTimers();
    expect(links()).toHaveLength(2);
  });

  it('lets a row go at once that nobody took: it was resolved, or belongs to another team', async () => {
    const rows = shallowRef([row('Marta'), row('Yuki')]);
    world.lists.set('queue open', { ...found('queue open'), rows });
    world.look.mockRejectedValue(new Error('denied'));
    const { wrapper } = await open('queue');
    rows.value = [row('Marta')];
    await flushPromises();
    expect(wrapper.findAll('a')).toHaveLength(1);
  });

  it('offers no Take of what somebody holds', async () => {
    put('queue open', { rows: [row('Ivan', { assignee: { kind: 'agent', id: 'ana' } })] });
    const { wrapper } = await open('queue');
    expect(wrapper.find('button').exists()).toBe(false);
  });

  it('offers whoever waits longest where nothing is yours', async () => {
    world.longest = shallowRef(row('Ivan'));
    world.take.mockResolvedValue({ ok: true });
    const { wrapper } = await open('mine');
    await vi.waitFor(() => expect(wrapper.text()).toContain('You are up to date'));
    expect(wrapper.text()).toContain('3 customers wait in the queue.');
    await wrapper.get('button').trigger('click');
    expect(world.take.mock.calls[0]?.[0].id).toBe('Ivan');
  });

  it('has no dead button where nobody waits', async () => {
    const { wrapper } = await open('queue');
    await vi.waitFor(() => expect(wrapper.text()).toContain('Nobody is waiting'));
    expect(wrapper.find('button').exists()).toBe(false);
  });

  it.each([
    ['denied', 'This list is not open to you'],
    ['offline', 'Nothing kept for offline'],
    ['failed', 'The list could not be read'],
    ['loading', 'Loading conversations'],
  ] as const)('says that it is %s', async (state, words) => {
    put('mine open', { state, ended: false });
    const { wrapper } = await open('mine');
    await vi.waitFor(() => expect(wrapper.text()).toContain(words));
  });

  it.each(['failed', 'denied'] as const)('tries again after it %s', async (state) => {
    put('mine open', { state, ended: false });
    const { wrapper } = await open('mine');
    await vi.waitFor(() => wrapper.get('button'));
    await wrapper.get('button').trigger('click');
    expect(retry).toHaveBeenCalled();
  });

  it('moves the focus from row to row', async () => {
    put('mine open', { rows: [row('Marta'), row('Yuki')] });
    const { wrapper } = await open('mine');
    const focused = () => document.activeElement?.getAttribute('href');
    const move = (wrapper.vm as unknown as { move: (step: 1 | -1) => Promise<void> }).move;
    await move(1);
    await vi.waitFor(() => expect(focused()).toBe('/inbox/mine/Marta'));
    await move(1);
    await vi.waitFor(() => expect(focused()).toBe('/inbox/mine/Yuki'));
    await move(1);
    await move(-1);
    await vi.waitFor(() => expect(focused()).toBe('/inbox/mine/Marta'));
  });
});
