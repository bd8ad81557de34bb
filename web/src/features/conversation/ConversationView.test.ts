import { anInbound, anOutbound, aPerson, NOW } from '@switchboard/domain/testing';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/vue';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../i18n/index.ts';
import { nextTick } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import * as actions from '../../data/actions.ts';
import * as callables from '../../data/callables.ts';
import ConversationView from './ConversationView.vue';
import { conversation, later, resetWorld, world } from './testing/world.ts';

vi.mock('../../data/people.ts', async () => (await import('./testing/world.ts')).testPeople());
vi.mock('../../data/actions.ts', () => ({
  take: vi.fn(),
  release: vi.fn(),
  reply: vi.fn(),
  note: vi.fn(),
  markRead: vi.fn(async () => ({ ok: true })),
  newEntryId: () => 'new',
}));
vi.mock('../../data/callables.ts', () => ({
  command: vi.fn(async () => ({ code: 'ok', version: 5 })),
  newCommandId: () => 'command',
}));
vi.mock('../../data/conversations.ts', () => ({
  useConversation: () => ({ conversation: world.conversation, state: world.state, retry: vi.fn() }),
}));
vi.mock('../../data/thread.ts', async () => {
  const { computed, ref } = await import('vue');
  return {
    useTimeline: () => ({
      entries: world.entries,
      state: computed(() => 'ready'),
      fromCache: world.kept,
      ended: ref(true),
      older: vi.fn(),
      retry: vi.fn(),
    }),
  };
});
vi.mock('../../data/drafts.ts', async () => {
  const { testDraft } = await import('./testing/world.ts');
  return { useDraft: testDraft };
});
vi.mock('../../data/session.ts', () => ({
  useSession: () => ({ person: world.person }),
  currentPerson: () => world.person.value,
  onSessionEnd: () => undefined,
}));
vi.mock('../../data/connection.ts', () => ({ useConnection: () => ({ truth: world.truth }) }));
// Nothing has a size here, so the list is drawn whole.
vi.mock('virtua/vue', async () => {
  const { defineComponent, h } = await import('vue');
  return {
    Virtualizer: defineComponent({
      props: ['data'],
      setup: (props, { slots, expose }) => {
        expose({ scrollToIndex: () => undefined });
        return () =>
          h(
            'ol',
            (props.data as unknown[]).map((item, index) =>
              h('li', slots['default']?.({ item, index })),
            ),
          );
      },
    }),
  };
});

const take = vi.mocked(actions.take);
const markRead = vi.mocked(actions.markRead);
const command = vi.mocked(callables.command);

// What comes on demand is compiled before, not while a test waits for it.
beforeAll(() =>
  Promise.all(
    Object.values(import.meta.glob(['./components/*.vue', './bubbles/kinds/index.ts'])).map(
      (load) => load(),
    ),
  ),
);
beforeAll(() => chooseLanguage('en'));
afterEach(cleanup);
beforeEach(() => {
  resetWorld();
  vi.clearAllMocks();
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  giveRoom(true);
});

/** A wide screen, or a narrow one. */
const giveRoom = (matches: boolean) =>
  vi.stubGlobal('matchMedia', () => ({
    matches,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));

async function open() {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/inbox/:list', name: 'inbox', component: { template: '<p />' } },
      {
        path: '/inbox/:list/:conversationId',
        name: 'conversation',
        component: { render: () => null },
      },
    ],
  });
  await router.push('/inbox/queue/c1');
  render(ConversationView, {
    props: { conversationId: 'c1' },
    global: { plugins: [router] },
  });
  await nextTick();
  return router;
}

const entry = (id: string, at = NOW - 60_000, text = 'My fridge is leaking') => ({
  ...anInbound({ at, text }),
  id,
});
const heldBy = (id: string, by = id) =>
  conversation({
    assignee: { kind: 'agent', id },
    assignment: { version: 5, at: Date.UTC(2026, 10, 22, 14, 0), by },
  });

describe('a conversation', () => {
  it('says who it is, who holds it, and how long the customer waits', async () => {
    await open();
    expect(screen.getByRole('heading', { level: 1, name: 'Marta Oliveira' })).toBeTruthy();
    expect(screen.getByText('are replying', { exact: false })).toBeTruthy();
    expect(screen.getByRole('img', { name: 'Waiting for an answer for 1 minute' })).toBeTruthy();
  });

  it('shows no ring where nothing is owed', async () => {
    world.conversation.value = conversation({ waitingSince: null });
    await open();
    expect(screen.queryByRole('img', { name: /Waiting/ })).toBeNull();
  });

  it('says of a resolved case that it is, and names nobody as its owner', async () => {
    world.conversation.value = conversation({ status: 'resolved', assignee: null, caseNumber: 3 });
    await open();
    const panel = within(await screen.findByRole('complementary', { name: 'Contact' }));
    expect(panel.getByText('#3 · Resolved')).toBeTruthy();
    expect(panel.queryByText('Owner')).toBeNull();
  });

  it('puts the focus on the heading when it opens', async () => {
    await open();
    expect(document.activeElement?.textContent).toBe('Marta Oliveira');
  });

  it('shows "taking" and never "yours" before the server has said so', async () => {
    world.conversation.value = conversation();
    const { promise, answer } = later();
    take.mockReturnValue(promise);
    await open();
    await fireEvent.click(screen.getAllByRole('button', { name: 'Take' })[0]!);
    expect(screen.getByText('Taking it')).toBeTruthy();
    expect(screen.queryByText('are replying', { exact: false })).toBeNull();
    answer({ ok: true });
    world.conversation.value = heldBy('jonas');
    expect(await screen.findByRole('textbox', { name: 'Reply on WhatsApp' })).toBeTruthy();
    expect(screen.getByText('are replying', { exact: false })).toBeTruthy();
  });

  it('tells the loser who was faster', async () => {
    world.conversation.value = conversation();
    take.mockImplementation(async () => {
      world.conversation.value = heldBy('ana');
      return { ok: false, code: 'already-held' };
    });
    await open();
    await fireEvent.click(screen.getAllByRole('button', { name: 'Take' })[0]!);
    expect(await screen.findByText(/^Ana Ruiz took it at \d\d:\d\d\.$/)).toBeTruthy();
  });

  it('says at once who took it away, and keeps the text', async () => {
    await open();
    await fireEvent.update(screen.getByRole('textbox'), 'I was about to');
    world.conversation.value = heldBy('ana', 'carmen');
    await nextTick();
    expect(
      await screen.findByText(
        /^Carmen Ortega gave this to Ana Ruiz at \d\d:\d\d\. Your text is kept, nothing was sent\.$/,
      ),
    ).toBeTruthy();
    expect(world.draft.reply.value).toBe('I was about to');
  });

  it('still says so where the thread may no longer be read', async () => {
    await open();
    world.conversation.value = { ...heldBy('x', 'carmen'), assignee: null, teamId: 'billing' };
    await nextTick();
    world.conversation.value = null;
    world.state.value = 'denied';
    await nextTick();
    expect(await screen.findByText(/^Carmen Ortega moved this to Billing/)).toBeTruthy();
    expect(screen.getByText('This conversation is not open to you')).toBeTruthy();
  });

  it('says why a reply came back', async () => {
    world.draft.reason.value = 'reassigned';
    world.draft.reply.value = 'On our way';
    await open();
    expect(
      await screen.findByText(/^Your reply was not sent: the conversation was no longer/),
    ).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Close this notice' }));
    expect(world.draft.reason.value).toBeNull();
    expect(world.draft.reply.value).toBe('On our way');
  });
});

describe('its history', () => {
  it('is a named log', async () => {
    world.entries.value = [entry('a')];
    await open();
    const log = screen.getByRole('log', { name: 'Conversation with Marta Oliveira' });
    expect(within(log).getByText('My fridge is leaking')).toBeTruthy();
    expect(within(log).getByText('Today')).toBeTruthy();
    expect(within(log).getByText(/^Case #1 · opened/)).toBeTruthy();
  });

  it('announces what comes in once, with its sender', async () => {
    world.entries.value = [entry('a')];
    await open();
    await vi.waitFor(() => expect(document.querySelector('[aria-live=assertive]')).toBeTruthy());
    world.entries.value = [...world.entries.value, entry('b', NOW, 'And the floor')];
    await nextTick();
    expect(screen.getByText('Marta Oliveira: And the floor')).toBeTruthy();
  });

  it('shows the clock for a queued reply, and words for it', async () => {
    world.entries.value = [{ ...anOutbound({ state: 'accepted' }), id: 'a' }];
    await open();
    expect(screen.getByRole('img', { name: 'Handed to WhatsApp, not sent yet' })).toBeTruthy();
  });

  it('shows the quoted message, also where it is not kept', async () => {
    world.entries.value = [
      entry('a', NOW - 3, 'The quoted one'),
      { ...anInbound({ at: NOW - 2, context: { wamid: 'wamid.A' }, wamid: 'wamid.B' }), id: 'b' },
      { ...anInbound({ at: NOW - 1, context: { wamid: 'gone' }, wamid: 'wamid.C' }), id: 'c' },
    ];
    await open();
    expect(screen.getByTitle('Go to the quoted message').textContent).toContain('The quoted one');
    expect(screen.getByText('An earlier message that is not kept here')).toBeTruthy();
  });

  it('writes a failed message again under the same words', async () => {
    vi.mocked(actions.reply).mockResolvedValue({ ok: true });
    world.entries.value = [{ ...anOutbound({ state: 'failed', text: 'Hello' }), id: 'old' }];
    await open();
    await fireEvent.click(await screen.findByRole('button', { name: 'Retry' }));
    await vi.waitFor(() =>
      expect(actions.reply).toHaveBeenCalledWith(world.conversation.value, {
        id: 'new',
        text: 'Hello',
      }),
    );
  });
});

describe('what a customer changed', () => {
  const said = (id: string, type: string, over: object) => ({
    ...entry(id, NOW + Number(id)),
    wamid: `wamid.${id}`,
    type,
    ...over,
  });
  const refers = { content: { wamid: 'wamid.1' } };

  it('stands in its newest words, also where it is quoted, with the earlier ones on request', async () => {
    world.entries.value = [
      said('1', 'text', { text: 'At tne' }),
      said('2', 'edit', { text: 'At ten', ...refers }),
      said('3', 'text', { text: 'Is that all right?', context: { wamid: 'wamid.1' } }),
    ];
    await open();
    expect(screen.getAllByText('At ten')).toHaveLength(2);
    await fireEvent.click(await screen.findByRole('button', { name: 'Show what it said before' }));
    expect(screen.getByText('At tne')).toBeTruthy();
  });

  it('is said to be deleted where it stood', async () => {
    world.entries.value = [
      said('1', 'text', { text: 'My card is 4929' }),
      said('2', 'revoke', { text: undefined, ...refers }),
    ];
    await open();
    expect(await screen.findByText('This message was deleted')).toBeTruthy();
    expect(screen.queryByText('My card is 4929')).toBeNull();
    expect(screen.getAllByRole('listitem')).toHaveLength(3);
  });

  it('stands by itself where it is not here', async () => {
    world.entries.value = [said('2', 'edit', { text: 'At ten', ...refers })];
    await open();
    expect(await screen.findByText('At ten')).toBeTruthy();
    expect(screen.getByText('Edited a message')).toBeTruthy();
  });

  it('about the chat itself is a line, not a bubble', async () => {
    const content = { kind: 'user_changed_number' };
    world.entries.value = [said('1', 'system', { text: 'User A changed', content })];
    await open();
    expect(await screen.findByText(/^Marta Oliveira has a new number/)).toBeTruthy();
    expect(document.querySelector('.bub')).toBeNull();
  });

  it('came from an advertisement, and says so above the words', async () => {
    world.entries.value = [said('1', 'text', { content: { referral: { headline: 'Fridges' } } })];
    await open();
    expect(await screen.findByText('Fridges')).toBeTruthy();
  });
});

describe('reading', () => {
  it('moves the team’s marker while nobody holds it', async () => {
    world.conversation.value = conversation();
    await open();
    expect(markRead).toHaveBeenCalledWith(world.conversation.value);
  });

  it('leaves the marker while what is shown is only what this device had kept', async () => {
    world.conversation.value = conversation();
    world.kept.value = true;
    await open();
    expect(markRead).not.toHaveBeenCalled();
    world.kept.value = false;
    await nextTick();
    expect(markRead).toHaveBeenCalledOnce();
  });

  it('leaves a colleague’s marker alone', async () => {
    world.conversation.value = heldBy('ana');
    await open();
    expect(markRead).not.toHaveBeenCalled();
  });
});

describe('what can be done', () => {
  const menu = async () => {
    await fireEvent.click(screen.getByRole('button', { name: 'More actions' }));
    return screen.getAllByRole('menuitem').map((item) => item.textContent?.trim());
  };

  it('offers the holder what the holder may do, in one menu', async () => {
    giveRoom(false);
    await open();
    expect(await menu()).toEqual(['Put back into the queue', 'Resolve']);
    expect(screen.queryByRole('button', { name: 'Resolve' })).toBeNull();
  });

  it('shows what is done most where there is room, and each thing once', async () => {
    await open();
    expect(screen.getByRole('button', { name: 'Resolve' })).toBeTruthy();
    expect(await menu()).toEqual(['Put back into the queue']);
  });

  it('lets a supervisor give it to a colleague of the team', async () => {
    world.conversation.value = heldBy('ana');
    world.person.value = { ...world.person.value, uid: 'carmen', role: 'supervisor' };
    await open();
    await fireEvent.click(screen.getByRole('button', { name: 'Assign' }));
    await fireEvent.click(await screen.findByRole('radio', { name: /Jonas Weber/ }));
    await fireEvent.click(screen.getByRole('button', { name: 'Give it to Jonas Weber' }));
    await vi.waitFor(() =>
      expect(command).toHaveBeenCalledWith(
        expect.objectContaining({ type: 'assign', to: { kind: 'agent', id: 'jonas' } }),
      ),
    );
  });

  it('resolves, and can take that back until the customer’s next case', async () => {
    command.mockResolvedValue({ code: 'ok', version: 1 });
    await open();
    await fireEvent.click(screen.getByRole('button', { name: 'Resolve' }));
    await vi.waitFor(() =>
      expect(command).toHaveBeenCalledWith(expect.objectContaining({ type: 'resolve' })),
    );
    await vi.waitFor(() => expect(screen.getByRole('button', { name: 'Undo' })).toBeTruthy());

    const resolved = { status: 'resolved', active: false, assignee: null } as const;
    const assignment = { version: 1, at: NOW, by: 'jonas' };
    world.conversation.value = conversation({ ...resolved, assignment });
    await nextTick();
    expect(screen.getByRole('button', { name: 'Undo' })).toBeTruthy();

    world.conversation.value = conversation({ assignment, caseNumber: 2 });
    await nextTick();
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('keeps the focus where the control that had it goes', async () => {
    await open();
    screen.getByRole('button', { name: 'Resolve' }).focus();
    world.conversation.value = heldBy('ana');
    await nextTick();
    expect(document.activeElement?.textContent).toBe('Marta Oliveira');
  });

  it('goes back to its list, and marks unread on the way', async () => {
    world.conversation.value = { ...heldBy('jonas'), readCount: 1 };
    const router = await open();
    await menu();
    await fireEvent.click(screen.getByRole('menuitem', { name: 'Mark unread' }));
    await vi.waitFor(() => expect(router.currentRoute.value.fullPath).toBe('/inbox/queue'));
    expect(command).toHaveBeenCalledWith(expect.objectContaining({ type: 'markUnread' }));
  });

  it('follows the keys of a thread, and leaves letters to the text', async () => {
    const router = await open();
    await fireEvent.keyDown(document.body, { key: 'n' });
    await nextTick();
    const note = screen.getByRole('textbox', { name: 'Note for your team' });
    expect(document.activeElement).toBe(note);
    await fireEvent.keyDown(note, { key: 'r' });
    expect(screen.getByRole('textbox', { name: 'Note for your team' })).toBeTruthy();
    await fireEvent.keyDown(note, { key: 'Escape' });
    expect(document.activeElement).not.toBe(note);
    await fireEvent.keyDown(document.body, { key: 'Escape' });
    await vi.waitFor(() => expect(router.currentRoute.value.fullPath).toBe('/inbox/queue'));
  });

  it('resolves by E and assigns by T where that is offered, and never from the row of another', async () => {
    world.person.value = aPerson({ uid: 'carmen', role: 'supervisor' });
    await open();
    const row = document.body.appendChild(document.createElement('div'));
    row.dataset['row'] = 'c2';
    await fireEvent.keyDown(row, { key: 'e' });
    row.remove();
    expect(command).not.toHaveBeenCalled();
    await fireEvent.keyDown(document.body, { key: 't' });
    expect(await screen.findByRole('heading', { name: /^Assign/ })).toBeTruthy();
    cleanup();

    world.person.value = aPerson();
    await open();
    await fireEvent.keyDown(document.body, { key: 't' });
    await nextTick();
    expect(screen.queryByRole('heading', { name: /^Assign/ })).toBeNull();
    await fireEvent.keyDown(document.body, { key: 'e' });
    await vi.waitFor(() =>
      expect(command).toHaveBeenCalledWith(expect.objectContaining({ type: 'resolve' })),
    );
  });
});

describe('where it cannot be shown', () => {
  it.each([
    ['denied', 'This conversation is not open to you'],
    ['failed', 'The conversation could not be read'],
    ['offline', 'Not on this device'],
    ['ready', 'This conversation is not here'],
  ] as const)('%s: says why, and the way on', async (state, title) => {
    world.conversation.value = null;
    world.state.value = state;
    await open();
    expect(await screen.findByText(title)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Back to the list' })).toBeTruthy();
  });

  it('shows shapes while it loads', async () => {
    world.conversation.value = null;
    world.state.value = 'loading';
    await open();
    expect(screen.getByText('Loading the conversation')).toBeTruthy();
  });
});
