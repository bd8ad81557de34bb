import type { PeopleCommand } from '@switchboard/domain';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/vue';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { computed, h, ref, shallowRef, type SetupContext } from 'vue';
import type { Colleague } from '../../data/people.ts';
import { allTexts, startLanguage } from '../../i18n/index.ts';
import { useToast } from '../../ui/index.ts';
import PeopleScreen from './PeopleScreen.vue';

const colleague = (uid: string, name: string, over: Partial<Colleague> = {}): Colleague => ({
  uid,
  name,
  email: `${uid}@demo.test`,
  role: 'agent',
  teams: ['support'],
  allTeams: false,
  active: true,
  claims: null,
  ...over,
});

const rows = shallowRef<readonly Colleague[]>([]);
const state = ref<string>('ready');
const retry = vi.fn();
const person = shallowRef({ uid: 'ravi', role: 'admin' });
const truth = ref('live');
const people = vi.fn<(command: PeopleCommand) => Promise<{ code: string }>>();

vi.mock('../../data/people.ts', () => ({
  useAgents: () => ({
    agents: computed(() => new Map(rows.value.map((row) => [row.uid, row]))),
    state,
    retry,
  }),
  useTeams: () => ({
    teams: computed(
      () =>
        new Map([
          ['sales', { id: 'sales', name: 'Sales' }],
          ['support', { id: 'support', name: 'Support' }],
        ]),
    ),
  }),
}));
vi.mock('../../data/session.ts', () => ({ useSession: () => ({ person }) }));
vi.mock('../../data/connection.ts', () => ({ useConnection: () => ({ truth }) }));
vi.mock('../../data/callables.ts', () => ({ people: (command: PeopleCommand) => people(command) }));

vi.mock('vue-router', () => ({
  RouterLink: (props: { to: { name: string } }, { slots }: SetupContext) =>
    h('a', { href: `/${props.to.name}` }, slots.default?.()),
}));

beforeAll(async () => {
  await startLanguage('en');
  await allTexts();
});
beforeEach(() => {
  rows.value = [
    colleague('tomas', 'Tomás Vega', { teams: ['sales'] }),
    colleague('dana', 'Dana Kim', { active: false }),
    colleague('ana', 'Ana Ruiz'),
    colleague('ravi', 'Ravi Anand', { role: 'admin', teams: [] }),
  ];
  state.value = 'ready';
  truth.value = 'live';
  person.value = { uid: 'ravi', role: 'admin' };
  people.mockReset().mockResolvedValue({ code: 'ok' });
});
afterEach(cleanup);

async function edit(name: RegExp) {
  await fireEvent.click(screen.getByRole('button', { name }));
  return within(screen.getByRole('dialog'));
}

const lastToast = () => useToast().toasts.value.at(-1);

describe('the people of a workspace', () => {
  it('stand by name, those who no longer work here last, each with what there is to know', () => {
    render(PeopleScreen);
    expect(
      screen.getAllByRole('listitem').map((item) => item.querySelector('b')?.textContent),
    ).toEqual(['Ana Ruiz', 'Ravi Anand (you)', 'Tomás Vega', 'Dana Kim']);
    const rows = screen.getAllByRole('button').map((row) => row.textContent);
    expect(rows[1]).toMatch(/Ravi Anand \(you\).*Admin · All teams.*Active/);
    expect(rows[3]).toMatch(/Dana Kim.*Agent · Support.*Switched off/);
  });

  it.each([
    ['loading', 'Loading people'],
    ['offline', 'No connection'],
    ['failed', 'The list could not be read'],
    ['denied', 'People is for admins'],
  ])('say so when the list is %s', (now, text) => {
    state.value = now;
    render(PeopleScreen);
    expect(screen.getByText(text)).toBeTruthy();
    expect(screen.queryByRole('listitem')).toBeNull();
  });

  it('are read again where that failed, without loading the app anew', async () => {
    state.value = 'failed';
    render(PeopleScreen);
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(retry).toHaveBeenCalledOnce();
  });

  it('are for admins', () => {
    person.value = { uid: 'carmen', role: 'supervisor' };
    render(PeopleScreen);
    expect(screen.getByText('People is for admins')).toBeTruthy();
    expect(screen.queryByText('Ana Ruiz')).toBeNull();
  });

  it('stay readable offline, with a word that changes need a connection', () => {
    truth.value = 'offline';
    render(PeopleScreen);
    expect(screen.getByText(/changes need a connection/)).toBeTruthy();
    expect(screen.getAllByRole('listitem')).toHaveLength(4);
  });
});

describe('the ledger', () => {
  it('is reached from the people, as both are an admin’s', () => {
    render(PeopleScreen);
    const link = screen.getByRole<HTMLAnchorElement>('link', { name: /^Ledger/ });
    expect(link.getAttribute('href')).toBe('/ledger');
  });

  it('is not offered to others', () => {
    person.value = { uid: 'carmen', role: 'supervisor' };
    render(PeopleScreen);
    expect(screen.queryByRole('link')).toBeNull();
  });
});

describe('a change', () => {
  it('of role and teams is sent as two commands and can be undone', async () => {
    render(PeopleScreen);
    const sheet = await edit(/^Ana Ruiz/);
    expect(sheet.getByRole<HTMLButtonElement>('button', { name: 'Save changes' }).disabled).toBe(
      true,
    );
    await fireEvent.click(sheet.getByRole('radio', { name: /Supervisor/ }));
    await fireEvent.click(sheet.getByRole('checkbox', { name: 'Sales' }));
    await fireEvent.click(sheet.getByRole('button', { name: 'Save changes' }));
    await waitFor(() => expect(lastToast()?.text).toBe('Ana Ruiz changed'));
    expect(people.mock.calls.map(([command]) => command)).toEqual([
      { type: 'setRole', uid: 'ana', role: 'supervisor' },
      { type: 'setTeams', uid: 'ana', teams: ['sales', 'support'], allTeams: false },
    ]);
    people.mockClear();
    lastToast()?.action?.run();
    await waitFor(() => expect(lastToast()?.text).toBe('Taken back'));
    expect(people.mock.calls.map(([command]) => command)).toEqual([
      { type: 'setRole', uid: 'ana', role: 'agent' },
      { type: 'setTeams', uid: 'ana', teams: ['support'], allTeams: false },
    ]);
  });

  it('offers all teams to supervisors alone', async () => {
    render(PeopleScreen);
    const sheet = await edit(/^Ana Ruiz/);
    expect(sheet.queryByRole('checkbox', { name: /All teams/ })).toBeNull();
    await fireEvent.click(sheet.getByRole('radio', { name: /Supervisor/ }));
    await fireEvent.click(sheet.getByRole('checkbox', { name: /All teams/ }));
    await fireEvent.click(sheet.getByRole('button', { name: 'Save changes' }));
    await waitFor(() => expect(people).toHaveBeenCalledTimes(2));
    expect(people.mock.lastCall?.[0]).toEqual({
      type: 'setTeams',
      uid: 'ana',
      teams: ['support'],
      allTeams: true,
    });
  });

  it('that is refused stays on the screen with the reason', async () => {
    people.mockResolvedValue({ code: 'last-admin' });
    render(PeopleScreen);
    const sheet = await edit(/^Ravi/);
    await fireEvent.click(sheet.getByRole('radio', { name: /Agent/ }));
    await fireEvent.click(sheet.getByRole('button', { name: 'Save changes' }));
    await waitFor(() =>
      expect(sheet.getByRole('alert').textContent).toContain('only active admin'),
    );
  });

  it('that went through in part says which part', async () => {
    people.mockResolvedValueOnce({ code: 'ok' }).mockResolvedValueOnce({ code: 'offline' });
    render(PeopleScreen);
    const sheet = await edit(/^Ana Ruiz/);
    await fireEvent.click(sheet.getByRole('radio', { name: /Admin/ }));
    await fireEvent.click(sheet.getByRole('checkbox', { name: 'Sales' }));
    await fireEvent.click(sheet.getByRole('button', { name: 'Save changes' }));
    await waitFor(() =>
      expect(sheet.getByRole('alert').textContent).toContain(
        'The role is changed, the teams are not. Save again',
      ),
    );
  });
});

describe('switching a colleague off', () => {
  it('says what will happen before it does it, and can be undone', async () => {
    render(PeopleScreen);
    const sheet = await edit(/^Ana Ruiz/);
    await fireEvent.click(sheet.getByRole('button', { name: 'Switch off' }));
    expect(people).not.toHaveBeenCalled();
    expect(sheet.getByText(/signed out on every device/)).toBeTruthy();
    await fireEvent.click(sheet.getByRole('button', { name: 'Switch off Ana' }));
    await waitFor(() => expect(lastToast()?.text).toBe('Ana Ruiz is switched off'));
    expect(people.mock.calls).toEqual([[{ type: 'deactivate', uid: 'ana' }]]);
    lastToast()?.action?.run();
    await waitFor(() => expect(people.mock.lastCall).toEqual([{ type: 'reactivate', uid: 'ana' }]));
  });

  it('can be thought over', async () => {
    render(PeopleScreen);
    const sheet = await edit(/^Ana Ruiz/);
    await fireEvent.click(sheet.getByRole('button', { name: 'Switch off' }));
    await fireEvent.click(sheet.getByRole('button', { name: 'Keep' }));
    expect(sheet.getByRole('radio', { name: /Agent/ })).toBeTruthy();
    expect(people).not.toHaveBeenCalled();
  });

  it('is not offered for oneself', async () => {
    render(PeopleScreen);
    const sheet = await edit(/^Ravi/);
    expect(sheet.queryByRole('button', { name: 'Switch off' })).toBeNull();
    expect(sheet.getByText(/can't switch yourself off/)).toBeTruthy();
  });

  it('is taken back in one press', async () => {
    render(PeopleScreen);
    const sheet = await edit(/^Dana/);
    await fireEvent.click(sheet.getByRole('button', { name: 'Switch on again' }));
    await waitFor(() =>
      expect(people.mock.lastCall).toEqual([{ type: 'reactivate', uid: 'dana' }]),
    );
  });
});
