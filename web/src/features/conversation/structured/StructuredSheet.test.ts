import { NOW } from '@switchboard/domain/testing';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/vue';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseLanguage } from '../../../i18n/index.ts';
import { structuredTexts } from '../../../i18n/structured.ts';
import { inThread, testActs } from '../testing/in-thread.ts';
import { conversation, resetWorld, world } from '../testing/world.ts';
import type { FormKind } from './forms.ts';
import StructuredSheet from './StructuredSheet.vue';

vi.mock('../../../data/people.ts', async () => (await import('../testing/world.ts')).testPeople());
vi.mock('../../../data/session.ts', async () => {
  const { world } = await import('../testing/world.ts');
  return {
    useSession: () => ({ person: world.person }),
    currentPerson: () => world.person.value,
    onSessionEnd: () => undefined,
    beforeSignOut: () => undefined,
  };
});

const kept = new Map<string, unknown>();
vi.mock('../../../data/begun.ts', () => ({
  readBegun: async (_: string, kind: string) => kept.get(kind),
  keepBegun: async (_: string, kind: string, value: unknown) => void kept.set(kind, value),
  dropBegun: async (_: string, kind: string) => void kept.delete(kind),
}));

const submit = vi.fn(testActs().sending.submit);
const close = vi.fn();

beforeAll(async () => {
  await structuredTexts();
  await chooseLanguage('en');
});
beforeEach(() => {
  resetWorld();
  kept.clear();
  vi.clearAllMocks();
});
afterEach(cleanup);

async function open(kind: FormKind, offline = false) {
  const acts = testActs();
  render(
    inThread(
      StructuredSheet,
      () => ({ kind, offline, conversation: world.conversation.value, onClose: close }),
      { ...acts, sending: { ...acts.sending, submit } },
    ),
  );
  await screen.findByRole('dialog');
  await waitFor(() => expect(screen.getAllByRole('textbox').length).toBeGreaterThan(0));
}
const type = (name: string, value: string) =>
  fireEvent.update(screen.getByRole('textbox', { name }), value);
const send = () => fireEvent.click(screen.getByRole('button', { name: 'Send on WhatsApp' }));
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

describe('a sheet', () => {
  it('sends a place that was pasted as a link', async () => {
    await open('place');
    await type('Link from a map, or coordinates', 'https://maps.google.com/?q=38.7169,-9.1399');
    await send();
    await waitFor(() => expect(close).toHaveBeenCalled());
    expect(submit).toHaveBeenCalledWith('structured/place', {
      type: 'location',
      content: { latitude: 38.7169, longitude: -9.1399 },
      contextEntryId: undefined,
    });
  });

  it.each([
    [1, /not allowed here/],
    [2, /does not know where it is/],
    [3, /did not find where it is in time/],
  ])('says why the device has no place: code %i', async (code, words) => {
    vi.stubGlobal('navigator', {
      geolocation: { getCurrentPosition: (_: unknown, no: (e: object) => void) => no({ code }) },
    });
    await open('place');
    await press('Use where I am');
    expect(screen.getByText(words)).toBeTruthy();
    vi.unstubAllGlobals();
  });

  it('sends a card with a colleague’s name, or from a phone book', async () => {
    await open('card');
    await fireEvent.update(
      screen.getByRole('textbox', { name: /vCard/ }),
      'BEGIN:VCARD\nN:Silva;Anna\nTEL;WAID=351910000001:+351910000001\nEND:VCARD',
    );
    expect(screen.getByText('The contact was filled in below.')).toBeTruthy();
    await send();
    expect(submit.mock.calls[0]?.[1].content).toEqual({
      cards: [
        {
          name: 'Anna Silva',
          firstName: 'Anna',
          lastName: 'Silva',
          phones: [{ phone: '+351910000001', waId: '351910000001' }],
          emails: [],
        },
      ],
    });
  });

  it('says at each field what is wrong with it, and sends nothing', async () => {
    await open('buttons');
    expect(screen.queryByText('Still empty. Fill it in.')).toBeNull();
    await type('Button 1', 'x'.repeat(21));
    expect(screen.getByText('1 character too many, 20 at most')).toBeTruthy();
    await send();
    expect(screen.getByText('Still empty. Fill it in.')).toBeTruthy();
    expect(submit).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Text' }));
  });

  it('sends buttons as they are previewed, three at most', async () => {
    await open('buttons');
    await type('Text', 'Which day?');
    await press('Add a button');
    await press('Add a button');
    expect(screen.queryByRole('button', { name: 'Add a button' })).toBeNull();
    await press('Remove button 3');
    await type('Button 1', 'Monday');
    await type('Button 2', 'Tuesday');
    const preview = screen.getByRole('region', { name: 'Marta Oliveira will see' });
    expect(preview.textContent).toMatch(/Which day\?.*Monday.*Tuesday/s);
    await send();
    expect(submit.mock.calls[0]?.[1]).toMatchObject({
      text: 'Which day?',
      content: {
        kind: 'button',
        buttons: [
          { id: '1', title: 'Monday' },
          { id: '2', title: 'Tuesday' },
        ],
      },
    });
  });

  it('sends a list with its sections', async () => {
    await open('list');
    await type('Text', 'When?');
    await type('Words on the button that opens the list', 'Days');
    await type('Choice 1', 'Monday');
    await send();
    expect(submit.mock.calls[0]?.[1].content).toEqual({
      kind: 'list',
      button: 'Days',
      sections: [{ rows: [{ id: '1', title: 'Monday' }] }],
    });
  });

  it('sends a button with a link, only where it is one', async () => {
    await open('link');
    await type('Text', 'Pay here');
    await type('Words on the button', 'Pay');
    await type('Link', 'kestrel');
    expect(screen.getByText(/This is no link/)).toBeTruthy();
    await type('Link', 'https://kestrel.example/pay');
    await send();
    expect(submit.mock.calls[0]?.[1].content).toEqual({
      kind: 'cta_url',
      label: 'Pay',
      url: 'https://kestrel.example/pay',
    });
  });

  it('asks for the location', async () => {
    await open('askPlace');
    await type('Text', 'Where are you?');
    await send();
    expect(submit.mock.calls[0]?.[1]).toMatchObject({
      text: 'Where are you?',
      content: { kind: 'location_request_message' },
    });
  });

  it('keeps what was begun, until it is sent or thrown away', async () => {
    await open('askPlace');
    await type('Text', 'Where');
    await waitFor(() => expect(kept.get('askPlace')).toEqual({ body: 'Where' }));
    cleanup();
    await open('askPlace');
    expect(screen.getByRole('textbox', { name: 'Text' })).toHaveProperty('value', 'Where');
    await press('Start over');
    await waitFor(() => expect(kept.has('askPlace')).toBe(false));
    expect(screen.getByRole('textbox', { name: 'Text' })).toHaveProperty('value', '');
  });

  it('keeps what the server refused, with the reason', async () => {
    submit.mockResolvedValueOnce({ ok: false, code: 'not-holder' });
    await open('askPlace');
    await type('Text', 'Where are you?');
    await send();
    expect((await screen.findByRole('alert')).textContent).toMatch(/^Nothing was sent\./);
    expect(close).not.toHaveBeenCalled();
    expect(kept.has('askPlace')).toBe(true);
  });

  it.each([
    ['offline', true, NOW + 1],
    ['after the window closed', false, NOW - 1],
  ])('sends nothing %s, and says why', async (_, offline, windowExpiresAt) => {
    world.conversation.value = conversation({
      assignee: { kind: 'agent', id: 'jonas' },
      windowExpiresAt,
    });
    await open('askPlace', offline);
    await type('Text', 'Where are you?');
    await send();
    expect(screen.getByRole('alert').textContent).toMatch(/^Nothing was sent\./);
    expect(submit).not.toHaveBeenCalled();
  });
});
