import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert, AlertCause } from '../documents/alert.ts';
import { alertPath, channelPath } from '../paths.ts';
import type { Write } from '../shared/plan.ts';
import { aChannel, NOW } from '../testing/index.ts';
import {
  decideAcknowledgement,
  decideAlerts,
  decideConnected,
  decideEnd,
  type AlertState,
} from './alert.ts';
import { connectedSignal, parkedSignal, provedSignals, type Signal } from './signal.ts';

const DAY = 86_400_000;
const NUMBER = '100000000000001';

const aSignal = (over: Partial<Signal> = {}): Signal => ({
  kind: 'quality',
  subject: NUMBER,
  at: NOW,
  cause: 'quality-low',
  channelId: NUMBER,
  ...over,
});
const isOver = (over: Partial<Signal> = {}) => aSignal({ cause: null, ...over });

const none: AlertState = { alerts: new Map(), channels: new Map() };
const data = (writes: readonly Write[], path: string) =>
  writes.find((write) => write.path === path)?.data;

/** The alert after these signals, one commit after the other. */
function after(...signals: readonly Signal[]): Alert {
  return signals.reduce<Alert | null>((alert, signal) => {
    const state = { ...none, alerts: new Map([['a1', alert]]) };
    const writes = decideAlerts(state, [{ id: 'a1', signal }], NOW);
    return (data(writes, alertPath('a1')) as Alert | undefined) ?? alert;
  }, null) as Alert;
}

describe('an alert', () => {
  it('is opened by the first signal, with its severity and since when it is so', () => {
    expect(after(aSignal({ detail: 'FLAGGED' }))).toMatchObject({
      kind: 'quality',
      cause: 'quality-low',
      severity: 'warning',
      open: true,
      channelId: NUMBER,
      detail: 'FLAGGED',
      count: 1,
      openedAt: NOW,
      lastAt: NOW,
      acknowledgement: null,
      expireAt: null,
    });
  });

  it('counts what is told again and takes its time, and is no second one', () => {
    expect(after(aSignal(), aSignal({ at: NOW + 5_000 }))).toMatchObject({
      count: 2,
      openedAt: NOW,
      lastAt: NOW + 5_000,
    });
  });

  it('is closed by its end, and kept for a month so that nothing late opens it', () => {
    const closed = after(aSignal(), isOver({ at: NOW + 1_000 }));
    expect(closed).toMatchObject({ open: false, closedAt: NOW, expireAt: NOW + 30 * DAY });
    expect(after(aSignal(), isOver({ at: NOW + 1_000 }), aSignal({ at: NOW + 500 }))).toEqual(
      closed,
    );
  });

  it('is not opened by what was over before it was heard of', () => {
    const late = after(isOver({ at: NOW + 1_000 }), aSignal());
    expect(late).toMatchObject({ open: false, cause: null, count: 0 });
  });

  it('opens again where it begins again, counted anew and seen by nobody', () => {
    const again = after(aSignal(), isOver({ at: NOW + 1_000 }), aSignal({ at: NOW + 2_000 }));
    expect(again).toMatchObject({ open: true, count: 1, openedAt: NOW + 2_000, closedAt: null });
  });

  it('has the later cause of its kind, and of one moment the worse', () => {
    const red = aSignal({ kind: 'template-quality', cause: 'template-quality-low' });
    const yellow = aSignal({ kind: 'template-quality', cause: 'template-quality-medium' });
    expect(after(red, { ...yellow, at: NOW + 1 }).cause).toBe('template-quality-medium');
    expect(after({ ...yellow, at: NOW + 1 }, red).cause).toBe('template-quality-medium');
    expect(after(red, yellow).cause).toBe('template-quality-low');
    expect(after(yellow, red).cause).toBe('template-quality-low');
  });

  it('comes to the same state in whatever order its news arrive', () => {
    const causes: (AlertCause | null)[] = [
      'template-paused',
      'template-disabled',
      'template-rejected',
      null,
    ];
    const news = fc.array(
      fc.record({ at: fc.integer({ min: 1, max: 5 }), cause: fc.constantFrom(...causes) }),
      { minLength: 1, maxLength: 7 },
    );
    fc.assert(
      fc.property(news, fc.infiniteStream(fc.nat()), (list, chances) => {
        const signals = list.map(({ at, cause }) =>
          aSignal({ kind: 'template', cause, at: NOW + at * 1_000 }),
        );
        const dealt = signals
          .map((signal) => [chances.next().value as number, signal] as const)
          .sort(([a], [b]) => a - b)
          .map(([, signal]) => signal);
        const state = ({ open, cause, asOfAt }: Alert) => ({ open, asOfAt, cause: open && cause });
        expect(state(after(...dealt))).toEqual(state(after(...signals)));
      }),
      { seed: 20_261_123 },
    );
  });
});

describe('a limit', () => {
  const limit = (level: number, at: number) =>
    aSignal({ kind: 'limit', cause: 'limit-lowered', level, at });

  it('is an alert only where it is lower than before', () => {
    expect(after(limit(2_000, NOW))).toMatchObject({ open: false, level: 2_000, expireAt: null });
    expect(after(limit(2_000, NOW), limit(250, NOW + 1))).toMatchObject({ open: true, level: 250 });
    expect(after(limit(2_000, NOW), limit(10_000, NOW + 1))).toMatchObject({ open: false });
  });

  it('that stays as it is changes nothing, and a higher one ends the alert', () => {
    const lowered = [limit(2_000, NOW), limit(250, NOW + 1)];
    expect(after(...lowered, limit(250, NOW + 2))).toMatchObject({ open: true, count: 1 });
    expect(after(...lowered, limit(2_000, NOW + 2))).toMatchObject({ open: false, level: 2_000 });
  });
});

describe('items that wait for a person', () => {
  it('are one alert with how many there are, closed when there are none', () => {
    const three = after(parkedSignal('unknown-number', 3, NOW));
    expect(three).toMatchObject({ open: true, count: 3, detail: 'unknown-number' });
    expect(
      after(parkedSignal('unknown-number', 3, NOW), parkedSignal('unknown-number', 0, NOW + 1)),
    ).toMatchObject({ open: false });
  });

  it('are not written anew while as many wait', () => {
    const alert = after(parkedSignal('unknown-number', 3, NOW));
    const same = parkedSignal('unknown-number', 3, NOW + 60_000);
    const { count, lastAt } = after(parkedSignal('unknown-number', 3, NOW), same);
    expect({ count, lastAt }).toEqual({ count: 3, lastAt: NOW });
    const writes = decideAlerts(
      { ...none, alerts: new Map([['a1', alert]]) },
      [{ id: 'a1', signal: same }],
      NOW,
    );
    expect(writes).toEqual([]);
  });

  it('ask to be seen again where more came, and not where some are settled', () => {
    const seen: Alert = {
      ...after(parkedSignal('no-sender', 3, NOW)),
      acknowledgement: { by: 'ravi', at: NOW },
    };
    const then = (total: number) => {
      const state = { ...none, alerts: new Map([['a1', seen]]) };
      const signal = parkedSignal('no-sender', total, NOW + 1);
      return data(decideAlerts(state, [{ id: 'a1', signal }], NOW), alertPath('a1'));
    };
    expect(then(4)).toMatchObject({ count: 4, acknowledgement: null });
    expect(then(2)).toMatchObject({ count: 2, acknowledgement: { by: 'ravi' } });
  });
});

describe('a number', () => {
  const dead = aSignal({ kind: 'connection', cause: 'token-dead' });
  const news = (signal: Signal, id = 'a1') => [{ id, signal }];
  const world = (alert: Alert | null, channel = aChannel()): AlertState => ({
    alerts: new Map([['a1', alert]]),
    channels: new Map([[NUMBER, channel]]),
  });

  it('has to be connected again while its token is turned away', () => {
    const writes = decideAlerts(world(null), news(dead), NOW);
    expect(data(writes, channelPath(NUMBER))).toEqual({
      health: 'reconnect',
      troubles: ['connection'],
    });
  });

  it('is connected when a message leaves, and its other troubles stay', () => {
    const channel = aChannel({ health: 'reconnect', troubles: ['connection', 'payment'] });
    const [left] = provedSignals(NUMBER, channel.troubles, 'accepted', NOW + 1);
    const writes = decideAlerts(world(after(dead), channel), news(left!), NOW);
    expect(data(writes, channelPath(NUMBER))).toEqual({
      health: 'connected',
      troubles: ['payment'],
    });
    expect(data(writes, alertPath('a1'))).toMatchObject({ open: false });
  });

  it('is connected when Meta takes its token', () => {
    const channel = aChannel({ health: 'reconnect', troubles: ['connection'] });
    const writes = decideConnected(
      NUMBER,
      world(after(dead), channel),
      { id: 'a1', signal: connectedSignal(NUMBER, NOW + 1) },
      NOW,
    );
    expect(data(writes, channelPath(NUMBER))).toEqual({ health: 'connected', troubles: [] });
    expect(data(writes, alertPath('a1'))).toMatchObject({ open: false });
  });

  it('is tried where a permission was missing; the alert stays until a message leaves', () => {
    const missing = after({ ...dead, cause: 'permission-missing' });
    const channel = aChannel({ health: 'reconnect', troubles: ['connection'] });
    const writes = decideConnected(
      NUMBER,
      world(missing, channel),
      { id: 'a1', signal: connectedSignal(NUMBER, NOW + 1) },
      NOW,
    );
    expect(writes).toEqual([
      { op: 'update', path: channelPath(NUMBER), data: { health: 'connected' } },
    ]);
  });

  it('keeps nothing of what is no trouble of sending', () => {
    expect(data(decideAlerts(world(null), news(aSignal()), NOW), channelPath(NUMBER))).toBe(
      undefined,
    );
  });

  it('has its troubles proved over by a message that is delivered, and most by one that is taken', () => {
    const all = ['connection', 'lock', 'name-approval', 'payment', 'registration', 'spam'];
    const kinds = (proof: 'accepted' | 'delivered') =>
      provedSignals(NUMBER, all, proof, NOW)
        .map(({ kind }) => kind)
        .sort();
    expect(kinds('delivered')).toEqual(all);
    expect(kinds('accepted')).toEqual(['connection', 'lock', 'registration']);
    expect(provedSignals(NUMBER, [], 'delivered', NOW)).toEqual([]);
  });
});

describe('acknowledging', () => {
  const acknowledge = (alert: Alert) =>
    data(decideAcknowledgement('a1', alert, 'ravi', NOW + 9), alertPath('a1'));

  it('says who saw it and when; what holds stays open', () => {
    expect(acknowledge(after(aSignal()))).toMatchObject({
      open: true,
      acknowledgement: { by: 'ravi', at: NOW + 9 },
    });
  });

  it('ends what merely happened; when it happens again it is new', () => {
    const happened = aSignal({ kind: 'violation', cause: 'account-violation' });
    expect(acknowledge(after(happened))).toMatchObject({
      open: false,
      acknowledgement: { by: 'ravi', at: NOW + 9 },
    });
    const seen = { ...after(happened), acknowledgement: { by: 'ravi', at: NOW } };
    const state = { ...none, alerts: new Map([['a1', seen]]) };
    const writes = decideAlerts(state, [{ id: 'a1', signal: happened }], NOW);
    expect(data(writes, alertPath('a1'))).toMatchObject({ count: 2, acknowledgement: null });
  });

  it('ends a restriction of which Meta names no end, and no other', () => {
    const endsAt = (when: number | null) =>
      acknowledge(
        after(aSignal({ kind: 'restriction', cause: 'account-restricted', endsAt: when })),
      );
    expect(endsAt(null)).toMatchObject({ open: false });
    expect(endsAt(NOW + DAY)).toMatchObject({ open: true });
  });

  it('stays where the same goes on, and falls where it becomes another', () => {
    const seen = { ...after(aSignal()), acknowledgement: { by: 'ravi', at: NOW } };
    const state = { ...none, alerts: new Map([['a1', seen]]) };
    const then = (signal: Signal) =>
      data(decideAlerts(state, [{ id: 'a1', signal }], NOW), alertPath('a1'));
    expect(then(aSignal({ at: NOW + 1 }))?.['acknowledgement']).toEqual({ by: 'ravi', at: NOW });
    const worse = aSignal({ at: NOW + 1, cause: 'limit-lowered' });
    expect(then(worse)?.['acknowledgement']).toBeNull();
  });

  it('is the first one’s, and nothing where it is over', () => {
    const seen = { ...after(aSignal()), acknowledgement: { by: 'ana', at: NOW } };
    expect(decideAcknowledgement('a1', seen, 'ravi', NOW)).toEqual([]);
    const closed = after(aSignal(), isOver({ at: NOW + 1 }));
    expect(decideAcknowledgement('a1', closed, 'ravi', NOW)).toEqual([]);
  });
});

describe('an end that was announced', () => {
  it('comes at its time and not before', () => {
    const restricted = after(
      aSignal({ kind: 'restriction', cause: 'account-restricted', endsAt: NOW + DAY }),
    );
    expect(decideEnd('a1', restricted, NOW + DAY - 1)).toBeNull();
    expect(decideEnd('a1', restricted, NOW + DAY)?.data).toMatchObject({ open: false });
    expect(decideEnd('a1', after(aSignal()), NOW + DAY)).toBeNull();
  });
});
