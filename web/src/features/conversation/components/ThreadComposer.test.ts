import { DRAFT_LIMIT } from '@switchboard/domain';
import { NOW } from '@switchboard/domain/testing';
import { cleanup, fireEvent, render, screen } from '@testing-library/vue';
import { computed, nextTick, reactive, ref } from 'vue';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../../i18n/index.ts';
import { composerState } from '../model/composer-state.ts';
import { inThread } from '../testing/in-thread.ts';
import { conversation, resetWorld, testDraft, world } from '../testing/world.ts';
import type { Holding } from '../use-holding.ts';
import type { Problem, Sending } from '../use-sending.ts';
import ThreadComposer from './ThreadComposer.vue';

vi.mock('../../../data/people.ts', async () => (await import('../testing/world.ts')).testPeople());

const take = vi.fn(async () => true);
const run = vi.fn(async () => true);
const send = vi.fn(async () => true);
const problem = ref<Problem | null>(null);
const busy = reactive({ reply: false, note: false });

beforeAll(() => chooseLanguage('en'));
afterEach(cleanup);
beforeEach(() => {
  resetWorld();
  vi.clearAllMocks();
  problem.value = null;
  vi.stubGlobal('matchMedia', () => ({ matches: true }));
});

function show() {
  const holding: Holding = {
    taking: computed(() => false),
    lost: ref(false),
    busy: ref(null),
    refused: ref(null),
    dismiss: vi.fn(),
    take,
    run,
    release: async () => true,
    assign: async () => true,
  };
  const sending: Sending = {
    busy,
    problem,
    send,
    submit: async () => ({ ok: true }),
    retrying: new Set(),
    retry: async () => ({ ok: true }),
  };
  const draft = testDraft();
  return render(
    inThread(ThreadComposer, () => {
      const seen = world.conversation.value ?? conversation();
      const online = world.truth.value !== 'offline';
      return {
        conversation: seen,
        state: composerState(seen, world.person.value, online, NOW),
        draft,
        sending,
        holding,
        offline: !online,
        quoted: null,
      };
    }),
  );
}

const field = (name = 'Reply on WhatsApp') => screen.getByRole('textbox', { name });
const sendButton = () => screen.getByRole('button', { name: 'Send on WhatsApp' });

describe('the composer', () => {
  it('says who will read it', async () => {
    show();
    expect(screen.getByText('Marta Oliveira reads this on WhatsApp')).toBeTruthy();
    await fireEvent.click(screen.getByRole('radio', { name: 'Note' }));
    expect(screen.getByText('Only your team reads this')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Save note' })).toBeTruthy();
  });

  it('answers no group, and says so also to its holder', async () => {
    world.conversation.value = conversation({ kind: 'group', windowExpiresAt: null });
    show();
    expect(screen.queryByRole('textbox', { name: 'Reply on WhatsApp' })).toBeNull();
    expect(screen.getByRole('textbox', { name: 'Note for your team' })).toBeTruthy();
    expect(composerState(world.conversation.value, world.person.value, true, NOW).reply).toEqual({
      open: false,
      why: 'group',
    });
  });

  it('keeps reply and note apart', async () => {
    show();
    await fireEvent.update(field(), 'for Marta');
    await fireEvent.click(screen.getByRole('radio', { name: 'Note' }));
    expect(field('Note for your team')).toHaveProperty('value', '');
    await fireEvent.update(field('Note for your team'), 'for the team');
    expect([world.draft.reply.value, world.draft.note.value]).toEqual([
      'for Marta',
      'for the team',
    ]);
  });

  it('sends by button and by Ctrl+Enter, not while there is nothing to send', async () => {
    show();
    await fireEvent.click(sendButton());
    expect(send).not.toHaveBeenCalled();
    await fireEvent.update(field(), 'Hello');
    await fireEvent.click(sendButton());
    await fireEvent.keyDown(field(), { key: 'Enter', ctrlKey: true });
    expect(send.mock.calls).toEqual([
      ['reply', undefined, undefined],
      ['reply', undefined, undefined],
    ]);
  });

  it('lets Enter send on a keyboard, and break the line under a thumb or with Shift', async () => {
    show();
    await fireEvent.update(field(), 'Hello');
    await fireEvent.keyDown(field(), { key: 'Enter', shiftKey: true });
    await fireEvent.keyDown(field(), { key: 'Enter', isComposing: true });
    vi.stubGlobal('matchMedia', () => ({ matches: false }));
    await fireEvent.keyDown(field(), { key: 'Enter' });
    expect(send).not.toHaveBeenCalled();
    vi.stubGlobal('matchMedia', () => ({ matches: true }));
    await fireEvent.keyDown(field(), { key: 'Enter' });
    expect(send).toHaveBeenCalledOnce();
  });

  it('counts near the limit, and sends nothing beyond it', async () => {
    show();
    await fireEvent.update(field(), 'x'.repeat(3_000));
    expect(screen.queryByText(/characters/)).toBeNull();
    await fireEvent.update(field(), 'x'.repeat(4_000));
    expect(await screen.findByText('96 characters left')).toBeTruthy();
    await fireEvent.update(field(), 'x'.repeat(4_097));
    expect(screen.getByText('1 character too many, 4096 at most')).toBeTruthy();
    await fireEvent.click(sendButton());
    expect(send).not.toHaveBeenCalled();
  });

  it('says what the account does not keep', async () => {
    show();
    await fireEvent.update(field(), 'x'.repeat(DRAFT_LIMIT));
    expect(screen.queryByText(/Only this browser keeps it/)).toBeNull();
    await fireEvent.update(field(), 'x'.repeat(DRAFT_LIMIT + 1));
    expect(
      await screen.findByText(/Only this browser keeps it: up to 20000 characters/),
    ).toBeTruthy();
  });

  it('keeps a refused text with the reason', async () => {
    show();
    await fireEvent.update(field(), 'Hello');
    problem.value = { kind: 'reply', code: 'window-closed' };
    await nextTick();
    expect(screen.getByRole('alert').textContent).toMatch(/^Nothing was sent\. .*window/);
    expect(field()).toHaveProperty('value', 'Hello');
  });

  it('offers Take where nobody holds it', async () => {
    world.conversation.value = conversation();
    show();
    expect(await screen.findByText('No one yet. Take it to reply.')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Take' }));
    expect(take).toHaveBeenCalledOnce();
  });

  it('says whose it is and since when, and opens at the note', () => {
    world.conversation.value = conversation({ assignee: { kind: 'agent', id: 'ana' } });
    show();
    expect(screen.getByText(/^Ana Ruiz has had this since .*You can leave a note\.$/)).toBeTruthy();
    expect(field('Note for your team')).toBeTruthy();
    expect(screen.getByRole('radio', { name: 'Reply' }).getAttribute('aria-disabled')).toBe('true');
  });

  it('closes under the hands of its writer, and keeps the text in sight', async () => {
    show();
    await fireEvent.update(field(), 'I was just going to');
    world.conversation.value = conversation({ assignee: { kind: 'agent', id: 'ana' } });
    await nextTick();
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(await screen.findByText('I was just going to')).toBeTruthy();
    expect(world.draft.reply.value).toBe('I was just going to');
  });

  it('says that there is no connection also where nothing could be pressed anyway', async () => {
    world.truth.value = 'offline';
    show();
    await fireEvent.update(field(), 'I was just going to');
    world.conversation.value = conversation({ assignee: { kind: 'agent', id: 'ana' } });
    await nextTick();
    expect(screen.queryByRole('button', { name: /Take/ })).toBeNull();
    expect(await screen.findByText(/There is no connection to the server/)).toBeTruthy();
  });

  it('says that the window closed, and that notes remain', async () => {
    world.conversation.value = conversation({
      assignee: { kind: 'agent', id: 'jonas' },
      windowExpiresAt: NOW - 1,
    });
    show();
    expect(
      await screen.findByText(/Free replies stop until Marta Oliveira writes again/),
    ).toBeTruthy();
    await fireEvent.click(screen.getByRole('radio', { name: 'Note' }));
    expect(field('Note for your team')).toBeTruthy();
  });

  it('says that a window was never opened', async () => {
    world.conversation.value = conversation({
      assignee: { kind: 'agent', id: 'jonas' },
      windowExpiresAt: null,
    });
    show();
    expect(
      await screen.findByText(/^Marta Oliveira has never written\. WhatsApp allows/),
    ).toBeTruthy();
  });

  it('says why nothing can be taken offline', async () => {
    world.conversation.value = conversation();
    world.truth.value = 'offline';
    show();
    expect(await screen.findByText(/^There is no connection to the server/)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Take' }));
    expect(take).not.toHaveBeenCalled();
  });

  it('offers Reopen on a resolved case', async () => {
    world.conversation.value = conversation({ status: 'resolved', active: false });
    show();
    await fireEvent.click(await screen.findByRole('button', { name: 'Reopen' }));
    expect(run).toHaveBeenCalledWith('reopen');
  });

  it('keeps the text offline and says that it was not sent', async () => {
    world.truth.value = 'offline';
    show();
    await fireEvent.update(field(), 'Hello');
    expect(screen.getByText(/No connection\. Your text is kept and was not sent/)).toBeTruthy();
    await fireEvent.click(sendButton());
    expect(send).not.toHaveBeenCalled();
  });

  it('takes nothing from somebody switched off', async () => {
    world.person.value = { ...world.person.value, active: false };
    show();
    expect(
      screen.getByText(/^Your account is switched off, so nothing can be written\./),
    ).toBeTruthy();
    expect(screen.queryByRole('textbox')).toBeNull();
  });
});
