import {
  ALERT_CAUSES,
  ALERT_DAYS,
  ALERT_SEVERITIES,
  type Alert,
  type AlertCause,
} from '../documents/alert.ts';
import type { Channel } from '../documents/channel.ts';
import { alertPath, channelPath } from '../paths.ts';
import { create, update, type Write } from '../shared/plan.ts';
import { PROVED_BY, type Signal } from './signal.ts';

/** A signal with the id of its alert: a hash of kind and subject. */
export interface Addressed {
  readonly id: string;
  readonly signal: Signal;
}

/** What {@link decideAlerts} looks at. */
export interface AlertState {
  /** The alerts of the signals by their ids; `null` where there is none yet. */
  readonly alerts: ReadonlyMap<string, Alert | null>;
  /** The channels of the signals by their ids, as far as there are such. */
  readonly channels: ReadonlyMap<string, Channel>;
}

/**
 * Brings news into alerts and channels: what begins opens an alert, what repeats is counted on it, what
 * is over closes it. News may repeat and come in any order: of two the later one says how it is, of
 * two of the same moment the worse. Answers no writes where nothing is new.
 */
export function decideAlerts(
  state: AlertState,
  signals: readonly Addressed[],
  now: number,
): readonly Write[] {
  const alerts = new Map(state.alerts);
  for (const { id, signal } of signals) alerts.set(id, told(alerts.get(id) ?? null, signal, now));
  return [...alertWrites(state.alerts, alerts), ...channelWrites(state, alerts)];
}

function alertWrites(
  before: ReadonlyMap<string, Alert | null>,
  after: ReadonlyMap<string, Alert | null>,
): readonly Write[] {
  return [...after].flatMap(([id, alert]) => {
    const known = before.get(id) ?? null;
    if (alert === null || JSON.stringify(alert) === JSON.stringify(known)) return [];
    return [known === null ? create(alertPath(id), alert) : update(alertPath(id), alert)];
  });
}

/**
 * What screens and the dispatcher need of a number's alerts stands on its channel: whether it has to be
 * connected again, and which troubles a message that goes out would end.
 */
function channelWrites(
  { alerts: before, channels }: AlertState,
  after: ReadonlyMap<string, Alert | null>,
): readonly Write[] {
  return [...channels].flatMap(([id, channel]) => {
    const moved = [...after].flatMap(([alertId, alert]) =>
      alert !== null &&
      alert.channelId === id &&
      Object.hasOwn(PROVED_BY, alert.kind) &&
      JSON.stringify(alert) !== JSON.stringify(before.get(alertId) ?? null)
        ? [alert]
        : [],
    );
    if (moved.length === 0) return [];
    const others = channel.troubles.filter((kind) => !moved.some((alert) => alert.kind === kind));
    const open = moved.filter((alert) => alert.open).map(({ kind }) => kind);
    const troubles = [...others, ...open].sort();
    const health = connected(channel, moved);
    const same = health === channel.health && troubles.join() === channel.troubles.join();
    return same ? [] : [update(channelPath(id), { troubles, health })];
  });
}

function connected(channel: Channel, moved: readonly Alert[]): Channel['health'] {
  const connection = moved.find(({ kind }) => kind === 'connection');
  if (connection === undefined) return channel.health;
  return connection.open ? 'reconnect' : 'connected';
}

const isOnce = (cause: AlertCause): boolean => 'once' in ALERT_CAUSES[cause];

/** The worse of two causes is the higher. */
const rank = (cause: AlertCause | null): number =>
  cause === null
    ? -1
    : (ALERT_SEVERITIES.length - ALERT_SEVERITIES.indexOf(ALERT_CAUSES[cause].severity)) * 1_000 -
      Object.keys(ALERT_CAUSES).indexOf(cause);

function unheardOf(signal: Signal): Alert {
  return {
    schemaVersion: 1,
    kind: signal.kind,
    cause: null,
    severity: 'info',
    open: false,
    channelId: signal.channelId,
    name: signal.name ?? '',
    detail: signal.detail ?? '',
    count: 0,
    openedAt: null,
    lastAt: null,
    asOfAt: 0,
    endsAt: null,
    closedAt: null,
    level: null,
    acknowledgement: null,
    expireAt: null,
  };
}

function told(before: Alert | null, signal: Signal, now: number): Alert {
  const alert = before ?? unheardOf(signal);
  const cause = causeOf(before, signal);
  if (cause === 'as-before') return alert;
  if (!isNews(alert, signal.at, cause)) return cause === null ? alert : repeated(alert, signal);
  const seen = {
    ...alert,
    asOfAt: Math.max(alert.asOfAt, signal.at),
    level: signal.level ?? alert.level,
  };
  return cause === null ? closed(seen, now) : opened(seen, cause, signal);
}

/** What a signal comes to: a limit is an alert only where it is lower than the one before. */
function causeOf(before: Alert | null, signal: Signal): AlertCause | null | 'as-before' {
  if (signal.level === undefined) {
    const same =
      before?.open === true && signal.total !== undefined && signal.total === before.count;
    return same && signal.cause !== null ? 'as-before' : signal.cause;
  }
  const known = before?.level ?? null;
  if (known === null || signal.level > known) return null;
  return signal.level < known ? signal.cause : 'as-before';
}

/** Later than what is known; of the same moment where it is worse. What merely happened always is. */
function isNews(alert: Alert, at: number, cause: AlertCause | null): boolean {
  if (cause !== null && isOnce(cause)) return true;
  return at === alert.asOfAt
    ? rank(cause) > rank(alert.open ? alert.cause : null)
    : at > alert.asOfAt;
}

/** What is told again, or late, counts; it changes nothing about how it is. */
const repeated = (alert: Alert, signal: Signal): Alert =>
  alert.open
    ? { ...alert, count: alert.count + 1, lastAt: Math.max(alert.lastAt ?? 0, signal.at) }
    : alert;

function opened(alert: Alert, cause: AlertCause, signal: Signal): Alert {
  const goesOn = alert.open;
  const count = signal.total ?? (goesOn ? alert.count + 1 : 1);
  const known =
    goesOn && alert.cause === cause && !isOnce(cause) && (signal.total ?? 0) <= alert.count;
  return {
    ...alert,
    cause,
    severity: ALERT_CAUSES[cause].severity,
    open: true,
    channelId: signal.channelId,
    name: signal.name ?? '',
    detail: signal.detail ?? '',
    count,
    openedAt: goesOn ? Math.min(alert.openedAt ?? signal.at, signal.at) : signal.at,
    lastAt: Math.max(goesOn ? (alert.lastAt ?? 0) : 0, signal.at),
    endsAt: signal.endsAt ?? null,
    closedAt: null,
    acknowledgement: known ? alert.acknowledgement : null,
    expireAt: null,
  };
}

/** A closed alert stays for a while, so that what comes late does not open it again. */
const closed = (alert: Alert, now: number): Alert => ({
  ...alert,
  open: false,
  endsAt: null,
  closedAt: alert.open ? now : alert.closedAt,
  expireAt: alert.level === null ? now + ALERT_DAYS * 86_400_000 : null,
});

/**
 * Meta takes a number's token (again), so that what waits may be tried. That ends the alert, unless a
 * permission was missing: only a message that leaves proves that it is not.
 */
export function decideConnected(
  channelId: string,
  state: AlertState,
  news: Addressed,
  now: number,
): readonly Write[] {
  const alert = state.alerts.get(news.id) ?? null;
  return alert?.open === true && alert.cause === 'permission-missing'
    ? [update(channelPath(channelId), { health: 'connected' })]
    : decideAlerts(state, [news], now);
}

/** An alert whose time has come by itself; `null` where it has not. */
export const decideEnd = (id: string, alert: Alert, now: number): Write | null =>
  alert.open && alert.endsAt !== null && alert.endsAt <= now
    ? update(alertPath(id), { ...closed(alert, now), asOfAt: Math.max(alert.asOfAt, alert.endsAt) })
    : null;

/** True where nothing will ever tell of the end: it merely happened, or Meta named no end of a restriction. */
const isEndless = ({ cause, endsAt }: Alert): boolean =>
  cause !== null && (isOnce(cause) || (cause === 'account-restricted' && endsAt === null));

/** Somebody has seen an alert: it stays as long as it holds; what has no end to wait for is over with that. */
export function decideAcknowledgement(
  id: string,
  alert: Alert,
  by: string,
  now: number,
): readonly Write[] {
  if (!alert.open || alert.acknowledgement !== null) return [];
  const acknowledged = { ...alert, acknowledgement: { by, at: now } };
  return [update(alertPath(id), isEndless(alert) ? closed(acknowledged, now) : acknowledged)];
}
