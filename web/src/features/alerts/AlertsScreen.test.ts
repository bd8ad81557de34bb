import { ALERT_CAUSES, FATE_REASONS, type AlertCause } from '@switchboard/domain';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/vue';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { computed, h, ref, shallowRef, type SetupContext } from 'vue';
import type { ListedAlert } from '../../data/alerts.ts';
import { allTexts, chooseLanguage, startLanguage } from '../../i18n/index.ts';
import { ledgerTexts } from '../../i18n/ledger.ts';
import { useToast } from '../../ui/index.ts';
import AlertsScreen from './AlertsScreen.vue';
import { anAlert, NOON } from './testing/alerts.ts';

const rows = shallowRef<readonly ListedAlert[]>([]);
const state = ref<string>('ready');
const retry = vi.fn();
const person = shallowRef({ uid: 'ravi', role: 'admin' });
const truth = ref('live');
const acknowledge = vi.fn<(alertId: string) => Promise<{ code: string }>>();

vi.mock('../../data/alerts.ts', () => ({
  useAlerts: () => ({
    alerts: computed(() => rows.value),
    state,
    numbers: computed(() => new Map([['100000000000001', 'Kestrel · +1 555 010 0100']])),
    retry,
  }),
  acknowledge: (alertId: string) => acknowledge(alertId),
}));
vi.mock('../../data/session.ts', () => ({ useSession: () => ({ person }) }));
vi.mock('../../data/connection.ts', () => ({ useConnection: () => ({ truth }) }));
vi.mock('../../data/people.ts', () => ({
  useNames: () => ({ nameOf: (uid: string) => (uid === 'carmen' ? 'Carmen Díaz' : undefined) }),
}));
vi.mock('vue-router', () => ({
  RouterLink: (props: { to: { name: string } }, { slots }: SetupContext) =>
    h('a', { href: `/${props.to.name}` }, slots.default?.()),
}));

beforeAll(async () => {
  await startLanguage('en');
  await allTexts();
  await ledgerTexts();
});
beforeEach(() => {
  rows.value = [];
  state.value = 'ready';
  truth.value = 'live';
  person.value = { uid: 'ravi', role: 'admin' };
  acknowledge.mockReset().mockResolvedValue({ code: 'ok' });
});
afterEach(cleanup);

const shown = () => screen.getAllByRole('listitem');

describe('the alerts', () => {
  it('say how pressing it is, which number it is about, the cause and the way out', () => {
    rows.value = [anAlert('a1')];
    render(AlertsScreen);
    const row = within(shown()[0]!);
    expect(row.getByText('Urgent')).toBeTruthy();
    expect(row.getByText('Kestrel · +1 555 010 0100')).toBeTruthy();
    expect(row.getByText(/no longer accepts.*Make a new key/)).toBeTruthy();
    expect(row.getByText(/^since /)).toBeTruthy();
    expect(row.queryByText(/reported/)).toBeNull();
    expect(row.getByText('190 · Access token has expired')).toBeTruthy();
  });

  it('have the most pressing first, of those the newest', () => {
    rows.value = [
      anAlert('a1', { cause: 'quality-low', severity: 'warning', lastAt: NOON + 9 }),
      anAlert('a2', { cause: 'payment-missing' }),
      anAlert('a3', { cause: 'meta-info', severity: 'info' }),
      anAlert('a4', { cause: 'account-locked', lastAt: NOON + 1 }),
    ];
    render(AlertsScreen);
    expect(shown().map((row) => row.querySelector('p')?.textContent?.slice(0, 24))).toEqual([
      'WhatsApp has locked this',
      'WhatsApp takes your mess',
      'Customers block or repor',
      'Meta has something to te',
    ]);
  });

  it('say how often, until when, and which template', () => {
    rows.value = [
      anAlert('a1', {
        cause: 'template-paused',
        severity: 'warning',
        name: 'order_ready · en_US',
        count: 3,
        endsAt: NOON,
      }),
    ];
    render(AlertsScreen);
    expect(screen.getByText('order_ready · en_US')).toBeTruthy();
    expect(screen.getByText(/^reported 3 times, last /)).toBeTruthy();
    expect(screen.getByText(/^ends by itself /)).toBeTruthy();
  });

  it('lead an admin from what is parked to the ledger, and tell others why it waits', () => {
    rows.value = [
      anAlert('a1', {
        kind: 'parked',
        cause: 'items-parked',
        channelId: null,
        detail: 'unknown-number',
        count: 3,
      }),
    ];
    const { unmount } = render(AlertsScreen);
    expect(screen.getByText(/^3 things that came in/)).toBeTruthy();
    expect(screen.getByText(/number that is not set up here/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'See them in the ledger' })).toBeTruthy();
    unmount();
    person.value = { uid: 'carmen', role: 'supervisor' };
    render(AlertsScreen);
    expect(screen.queryByRole('link')).toBeNull();
  });

  it.each(Object.keys(ALERT_CAUSES) as AlertCause[])('have a sentence for “%s”', (cause) => {
    rows.value = [anAlert('a1', { cause, detail: '' })];
    render(AlertsScreen);
    expect(shown()[0]?.querySelector('p')?.textContent).toMatch(/^[A-Z].+[.]$/);
  });

  it.each(FATE_REASONS)('have a sentence for what is parked as “%s”', (detail) => {
    rows.value = [anAlert('a1', { cause: 'items-parked', detail })];
    render(AlertsScreen);
    expect(shown()[0]?.textContent).not.toContain('ledger.reason');
  });

  it('are told in the reader’s language', async () => {
    rows.value = [anAlert('a1')];
    await chooseLanguage('es');
    render(AlertsScreen);
    expect(await screen.findByText(/ya no acepta la clave/)).toBeTruthy();
    await chooseLanguage('en');
    expect(await screen.findByText(/no longer accepts/)).toBeTruthy();
  });
});

describe('acknowledging', () => {
  it('says so, and the focus stays where the list is', async () => {
    rows.value = [anAlert('a1')];
    render(AlertsScreen);
    await fireEvent.click(screen.getByRole('button', { name: 'Acknowledge' }));
    expect(acknowledge).toHaveBeenCalledWith('a1');
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Alerts'));
    expect(useToast().toasts.value.at(-1)?.text).toMatch(/^Acknowledged/);
  });

  it('is told with who and when, in a list of its own', () => {
    rows.value = [
      anAlert('a1', { acknowledgement: { by: 'carmen', at: NOON } }),
      anAlert('a2', { acknowledgement: { by: 'gone', at: NOON } }),
      anAlert('a3'),
    ];
    render(AlertsScreen);
    expect(screen.getAllByRole('heading', { level: 2 }).map((one) => one.textContent)).toEqual([
      'One that nobody has seen',
      '2 that somebody has seen',
    ]);
    expect(screen.getByText(/^Carmen Díaz has seen it/)).toBeTruthy();
    expect(screen.getByText(/^A colleague has seen it/)).toBeTruthy();
    expect(screen.getAllByRole('button', { name: 'Acknowledge' })).toHaveLength(1);
  });

  it('says why it was refused, and can be tried again', async () => {
    rows.value = [anAlert('a1')];
    acknowledge.mockResolvedValue({ code: 'busy' });
    render(AlertsScreen);
    await fireEvent.click(screen.getByRole('button', { name: 'Acknowledge' }));
    expect((await screen.findByRole('alert')).textContent).not.toBe('');
    expect(screen.getByRole('button', { name: 'Acknowledge' })).toBeTruthy();
  });
});

describe('alerts that are not there', () => {
  it('are nothing to do', () => {
    render(AlertsScreen);
    expect(screen.getByText('Nothing needs you')).toBeTruthy();
  });

  it.each([
    ['loading', 'Loading alerts'],
    ['offline', 'No connection'],
    ['failed', 'Alerts could not be read'],
    ['denied', 'Alerts are for supervisors and admins'],
  ])('say so while they are %s', (now, text) => {
    state.value = now;
    render(AlertsScreen);
    expect(screen.getByText(text)).toBeTruthy();
  });

  it('are read again on demand after a failure', async () => {
    state.value = 'failed';
    render(AlertsScreen);
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(retry).toHaveBeenCalled();
  });

  it('are no agent’s', () => {
    person.value = { uid: 'jonas', role: 'agent' };
    render(AlertsScreen);
    expect(screen.getByText('Alerts are for supervisors and admins')).toBeTruthy();
  });

  it('are as they were kept, offline', () => {
    rows.value = [anAlert('a1')];
    truth.value = 'offline';
    render(AlertsScreen);
    expect(screen.getByText(/acknowledging needs a connection/)).toBeTruthy();
    expect(shown()).toHaveLength(1);
  });
});
