import type { LedgerCommand } from '@switchboard/domain';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/vue';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { h, nextTick, ref, shallowRef, type SetupContext } from 'vue';
import type { LedgerBook } from '../../data/ledger.ts';
import { allTexts, chooseLanguage, startLanguage } from '../../i18n/index.ts';
import { ledgerTexts } from '../../i18n/ledger.ts';
import { useToast } from '../../ui/index.ts';
import LedgerScreen from './LedgerScreen.vue';
import { aBook, anHour, aParked, NOW } from './testing/book.ts';
import { STALE_AFTER } from './use-ledger.ts';

const person = shallowRef({ uid: 'ravi', role: 'admin' });
const truth = ref('live');
const wide = ref(false);
const ledger = vi.fn<(command: LedgerCommand) => Promise<object>>();

vi.mock('../../data/session.ts', () => ({ useSession: () => ({ person }) }));
vi.mock('../../data/connection.ts', () => ({ useConnection: () => ({ truth }) }));
vi.mock('../../data/ledger.ts', () => ({ ledger: (command: LedgerCommand) => ledger(command) }));
vi.mock('vue-router', () => ({
  RouterLink: (props: { to: { name: string } }, { slots }: SetupContext) =>
    h('a', { href: `/${props.to.name}` }, slots.default?.()),
}));
vi.mock('../../composables/use-width.ts', () => ({ DESKTOP: 820, useWidth: () => wide }));

/** What the server says to each question from now on. */
let book: LedgerBook | { code: string };
let said: Record<string, object>;

beforeAll(async () => {
  await startLanguage('en');
  await allTexts();
  await ledgerTexts();
});
beforeEach(() => {
  person.value = { uid: 'ravi', role: 'admin' };
  truth.value = 'live';
  wide.value = false;
  book = aBook();
  said = {};
  ledger
    .mockReset()
    .mockImplementation(({ type }) =>
      Promise.resolve(type === 'read' ? book : (said[type] ?? { code: 'internal' })),
    );
});
afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

const asked = (type: LedgerCommand['type']) =>
  ledger.mock.calls.map(([command]) => command).filter((command) => command.type === type);
const lastToast = () => useToast().toasts.value.at(-1)?.text;

async function show() {
  const shown = render(LedgerScreen);
  await nextTick();
  await nextTick();
  return shown;
}

/** The ledger with items that wait, and the row of the first. */
async function showParked(...items: ReturnType<typeof aParked>[]) {
  book = aBook({ parked: items, parkedCount: items.length });
  await show();
  return within(screen.getByText(/^Received/).closest('li')!);
}

async function press(name: string | RegExp, inside: Pick<typeof screen, 'getByRole'> = screen) {
  const button = inside.getByRole('button', { name });
  button.focus();
  await fireEvent.click(button);
}

describe('the ledger', () => {
  it('says first that everything is accounted for, and when it was read', async () => {
    await show();
    expect(
      screen.getByText('Everything that came in during the last 24 hours is accounted for'),
    ).toBeTruthy();
    expect(screen.getByText(/^Read at \d\d:\d\d$/)).toBeTruthy();
    expect(screen.getByText('Nothing waits for you.')).toBeTruthy();
  });

  it.each([
    ['1 is missing', { hours: [anHour(2, { received: 3, shown: 2 })] }],
    ['2 are still being processed', { hours: [anHour(0, { received: 2, waiting: 2 })] }],
    [
      '1 is still being processed and should be done by now',
      { hours: [anHour(3, { received: 1, waiting: 1 })] },
    ],
    ['1 more is recorded than came in', { hours: [anHour(2, { shown: 1 })] }],
    ['1,200 wait for you', { parkedCount: 1200 }],
  ])('says “%s” where that is so', async (sentence, over) => {
    book = aBook(over);
    await show();
    expect(screen.getByText(sentence)).toBeTruthy();
  });

  it('says what to do where something is missing', async () => {
    book = aBook({ hours: [anHour(2, { received: 3, shown: 2 })] });
    await show();
    expect(screen.getByText(/tell whoever runs your server these hours/)).toBeTruthy();
  });

  it('says on a phone what each hour is made up of, and nothing of what is nothing', async () => {
    book = aBook({
      hours: [anHour(1), anHour(0, { received: 9, shown: 5, ignored: 2, repeated: 2 })],
    });
    await show();
    expect(screen.queryByRole('table')).toBeNull();
    const rows = within(screen.getByRole('list', { name: 'By hour' })).getAllByRole('listitem');
    expect(rows[0]?.textContent).toMatch(/Accounted for/);
    expect(rows[0]?.textContent).toMatch(
      /9 received = 5 shown \+ 2 with nothing to do \+ 2 repeated/,
    );
    expect(rows[1]?.textContent).toMatch(/\d\d:\d\d–\d\d:\d\d\s*nothing/);
  });

  it('is a table with headers and a caption where there is room', async () => {
    wide.value = true;
    book = aBook({ hours: [anHour(3), anHour(2, { received: 1200, shown: 1199 })] });
    await show();
    const table = within(screen.getByRole('table', { name: /newest hour first/ }));
    expect(table.getAllByRole('columnheader').map((cell) => cell.textContent)).toEqual([
      'Hour',
      'Received',
      'Shown',
      'Nothing to do',
      'Waiting for you',
      'Being processed',
      'Repeated',
      'Result',
    ]);
    const [, first, second] = table.getAllByRole('row');
    expect(
      within(first!)
        .getAllByRole('cell')
        .map((cell) => cell.textContent),
    ).toEqual(['1,200', '1,199', '0', '0', '0', '0', '1 missing']);
    expect(within(second!).getByRole('cell').textContent).toBe('nothing');
  });

  it('says what became of what was sent', async () => {
    await show();
    expect(screen.getByText(/4 written/).closest('p')?.textContent).toMatch(
      /4 written = 3 delivered \+ 1 on the way/,
    );
  });

  it('says so where what was sent does not add up, and where nothing was', async () => {
    book = aBook({ sent: { written: 5, delivered: 3, failed: 0, waiting: 1, unknown: 0 } });
    await show();
    expect(screen.getByText(/5 written/).closest('p')?.textContent).toContain('≠');
    expect(screen.getByText(/don't add up/)).toBeTruthy();
    cleanup();
    book = aBook({ sent: { written: 0, delivered: 0, failed: 0, waiting: 0, unknown: 0 } });
    await show();
    expect(screen.getByText(/Nothing was written to customers/)).toBeTruthy();
  });

  it('counts in the reader’s language', async () => {
    await chooseLanguage('es');
    book = aBook({ parkedCount: 12000 });
    await show();
    expect(await screen.findByText('12.000 te esperan')).toBeTruthy();
    await chooseLanguage('en');
    expect(await screen.findByText('12,000 wait for you')).toBeTruthy();
  });
});

describe('a ledger that is not there', () => {
  it('is loading until it is read', async () => {
    ledger.mockReturnValue(new Promise(() => undefined));
    await show();
    expect(screen.getByText('Loading the ledger')).toBeTruthy();
  });

  it('says that nothing came', async () => {
    book = aBook({ hours: [anHour(1), anHour(0)] });
    await show();
    expect(screen.getByText('Nothing came in during the last 24 hours')).toBeTruthy();
    expect(screen.queryByText('By hour')).toBeNull();
  });

  it('says so after a failure, and is read again on demand', async () => {
    book = { code: 'internal' };
    await show();
    expect(screen.getByText('The ledger could not be read')).toBeTruthy();
    book = aBook();
    await press('Try again');
    expect(await screen.findByText(/is accounted for/)).toBeTruthy();
  });

  it('comes by itself when the connection is back', async () => {
    truth.value = 'offline';
    book = { code: 'offline' };
    await show();
    expect(screen.getByText('No connection')).toBeTruthy();
    book = aBook();
    truth.value = 'live';
    expect(await screen.findByText(/is accounted for/)).toBeTruthy();
  });

  it.each(['not-permitted', 'deactivated', 'not-signed-in'])(
    'is for admins where the server says “%s”',
    async (code) => {
      book = { code };
      await show();
      expect(screen.getByText('The ledger is for admins')).toBeTruthy();
    },
  );

  it('is not even asked for by others', async () => {
    person.value = { uid: 'carmen', role: 'supervisor' };
    await show();
    expect(screen.getByText('The ledger is for admins')).toBeTruthy();
    expect(ledger).not.toHaveBeenCalled();
  });
});

describe('a ledger that was read', () => {
  it('is read again on demand', async () => {
    await show();
    book = aBook({ parkedCount: 2 });
    await press('Refresh');
    expect(await screen.findByText('2 wait for you')).toBeTruthy();
  });

  it('is read again when somebody comes back after a minute, and not before', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await show();
    vi.setSystemTime(Date.now() + STALE_AFTER - 1);
    window.dispatchEvent(new Event('focus'));
    expect(asked('read')).toHaveLength(1);
    vi.setSystemTime(Date.now() + 1);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(asked('read')).toHaveLength(2);
  });

  it('stays where it could not be read again, and says from when it is', async () => {
    await show();
    book = { code: 'busy' };
    await press('Refresh');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toMatch(/as it was read at \d\d:\d\d/);
    expect(screen.getByText(/is accounted for/)).toBeTruthy();
  });

  it('stays offline, with a word that changes need a connection', async () => {
    await show();
    truth.value = 'offline';
    await nextTick();
    expect(screen.getByText(/changes need a connection/)).toBeTruthy();
    expect(screen.getByText(/is accounted for/)).toBeTruthy();
  });

  it('shows the later of two answers, whichever comes first', async () => {
    await show();
    const answers: ((answer: object) => void)[] = [];
    ledger.mockImplementation(() => new Promise((resolve) => answers.push(resolve)));
    vi.useFakeTimers({ toFake: ['Date'] });
    for (const _ of ['first', 'second']) {
      vi.setSystemTime(Date.now() + STALE_AFTER);
      window.dispatchEvent(new Event('focus'));
    }
    answers[1]?.(aBook({ parkedCount: 2 }));
    answers[0]?.(aBook());
    expect(await screen.findByText('2 wait for you')).toBeTruthy();
  });
});

describe('what waits for a person', () => {
  it('says what it is, since when it waits, how often it was tried, and why it waits', async () => {
    const row = await showParked(aParked('i1', { attempts: 8, reason: 'processing-failed' }));
    expect(row.getByText('Message')).toBeTruthy();
    expect(row.getByText('tried 8 times')).toBeTruthy();
    expect(row.getByText('reported as messages')).toBeTruthy();
    expect(row.getByText(/Processing it failed each time.*Try again/)).toBeTruthy();
  });

  it('has a sentence also without a reason and without a field', async () => {
    const row = await showParked(aParked('i1', { reason: null, field: '' }));
    expect(row.getByText(/No reason was recorded/)).toBeTruthy();
    expect(row.queryByText(/reported as/)).toBeNull();
  });

  it('says so where there are more than are shown', async () => {
    book = aBook({ parked: [aParked('i1')], parkedCount: 240 });
    await show();
    expect(screen.getByText(/The newest 1 of 240 are shown/)).toBeTruthy();
  });

  it('can be read as it came: laid out, and copied as it is', async () => {
    const writeText = vi.fn(async () => undefined);
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } });
    said['open'] = { code: 'ok', type: 'open', raw: '{"id":"wamid.1"}', cut: false };
    const row = await showParked(aParked('i1'));
    await press('Open', row);
    const text = await screen.findByRole('region', { name: 'JSON text' });
    expect(text.textContent).toBe('{\n  "id": "wamid.1"\n}');
    expect(screen.queryByText(/It is longer/)).toBeNull();
    await press('Copy text');
    expect(writeText).toHaveBeenCalledWith('{"id":"wamid.1"}');
    vi.unstubAllGlobals();
  });

  it('says where what came is longer than what is shown', async () => {
    said['open'] = { code: 'ok', type: 'open', raw: '{"id":', cut: true };
    await press('Open', await showParked(aParked('i1')));
    expect(await screen.findByText(/It is longer: this is its beginning/)).toBeTruthy();
    expect(screen.getByRole('region', { name: 'JSON text' }).textContent).toBe('{"id":');
  });

  it('can be opened again where that failed', async () => {
    await press('Open', await showParked(aParked('i1')));
    expect((await screen.findByRole('alert')).textContent).toContain('Something went wrong');
    said['open'] = { code: 'ok', type: 'open', raw: 'x', cut: false };
    await press('Load again');
    expect((await screen.findByRole('region', { name: 'JSON text' })).textContent).toBe('x');
  });

  it('is tried again, and goes where it was processed; the focus stays beside it', async () => {
    said['retry'] = { code: 'ok', type: 'changed', fate: 'done' };
    const row = await showParked(aParked('i1'));
    book = aBook();
    await press('Try again', row);
    await waitFor(() => expect(lastToast()).toBe('Processed. It is where it belongs.'));
    expect(asked('retry')).toEqual([{ type: 'retry', itemId: 'i1' }]);
    expect(await screen.findByText('Nothing waits for you.')).toBeTruthy();
    expect(document.activeElement?.textContent).toBe('Waiting for you');
  });

  it('says where it still waits, and shows the present reason', async () => {
    said['retry'] = { code: 'ok', type: 'changed', fate: 'parked' };
    const row = await showParked(aParked('i1'));
    const parked = [aParked('i1', { reason: 'foreign-app', attempts: 3 })];
    book = aBook({ parked, parkedCount: 1 });
    await press('Try again', row);
    expect(await row.findByText(/it still waits/)).toBeTruthy();
    expect(await row.findByText(/another Meta app/)).toBeTruthy();
    expect(row.getByText('tried 3 times')).toBeTruthy();
  });

  it('says where it could not be processed now, and where trying was refused', async () => {
    said['retry'] = { code: 'ok', type: 'changed', fate: 'retry' };
    const row = await showParked(aParked('i1'));
    await press('Try again', row);
    await waitFor(() => expect(lastToast()).toMatch(/could not be processed just now/));
    said['retry'] = { code: 'busy' };
    await press('Try again', row);
    expect((await row.findByRole('alert')).textContent).toContain('Try again');
  });

  it('is dismissed only with a note, and says how long the record keeps both', async () => {
    said['dismiss'] = { code: 'ok', type: 'changed', fate: 'ignored' };
    const row = await showParked(aParked('i1'));
    book = aBook();
    await press('Dismiss', row);
    const sheet = within(screen.getByRole('dialog'));
    expect(sheet.getByText(/your note for 30 days/)).toBeTruthy();
    const note = sheet.getByRole<HTMLTextAreaElement>('textbox', { name: /Why is nothing/ });
    const button = sheet.getByRole<HTMLButtonElement>('button', { name: 'Dismiss it' });
    expect([note.required, note.maxLength, button.disabled]).toEqual([true, 500, true]);
    await fireEvent.update(note, '   ');
    expect(button.disabled).toBe(true);
    await fireEvent.update(note, ' A test of ours ');
    await fireEvent.click(button);
    await waitFor(() => expect(lastToast()).toBe('Dismissed. The record keeps it for 30 days.'));
    expect(asked('dismiss')).toEqual([{ type: 'dismiss', itemId: 'i1', note: 'A test of ours' }]);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(await screen.findByText('Nothing waits for you.')).toBeTruthy();
  });

  it('keeps the note where dismissing was refused', async () => {
    said['dismiss'] = { code: 'offline' };
    await press('Dismiss', await showParked(aParked('i1')));
    const note = screen.getByRole<HTMLTextAreaElement>('textbox', { name: /Why is nothing/ });
    await fireEvent.update(note, 'A test');
    await press('Dismiss it');
    expect((await screen.findByRole('alert')).textContent).toContain('no connection');
    expect(note.value).toBe('A test');
  });

  it('gives the focus back to the button that a sheet was opened with', async () => {
    const row = await showParked(aParked('i1'));
    await press('Dismiss', row);
    await fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }));
    expect(document.activeElement).toBe(row.getByRole('button', { name: 'Dismiss' }));
    expect(asked('dismiss')).toEqual([]);
  });

  it('is told apart by what its buttons are described with', async () => {
    const row = await showParked(aParked('i1', { receivedAt: NOW }));
    const button = row.getByRole('button', { name: 'Open' });
    const about = document.getElementById(button.getAttribute('aria-describedby') ?? '');
    expect(about?.textContent).toMatch(/Message.*Received/);
  });
});
