import type { AlertCause, AlertKind } from '../documents/alert.ts';
import { ALERT_CAUSES } from '../documents/alert.ts';
import type { FateReason } from '../documents/fate.ts';
import { holdsSends, lacksPermission, type FailureCode } from '../whatsapp/errors.ts';

/** One piece of news for an alert: it begins, goes on, or is over. */
export interface Signal {
  readonly kind: AlertKind;
  /** What it is about, told apart from others of its kind: both together name the alert for ever. */
  readonly subject: string;
  /** When it was so, epoch ms. */
  readonly at: number;
  /** `null`: it is over. */
  readonly cause: AlertCause | null;
  /** The number that it is about, where it is one of ours. */
  readonly channelId: string | null;
  /** The template or the like that it is about. */
  readonly name?: string;
  /** Meta's own words and codes. */
  readonly detail?: string;
  /** When it ends by itself, epoch ms. */
  readonly endsAt?: number | null;
  /** A limit that is as it is; whether `cause` holds is decided by the one before. */
  readonly level?: number;
  /** How many there are in all, in place of one more. */
  readonly total?: number;
}

/** Codes with an alert of their own (Meta, "Error codes"); those of token and permission besides. */
const CAUSE_OF: Readonly<Partial<Record<FailureCode, AlertCause>>> = {
  131042: 'payment-missing',
  131044: 'payment-missing',
  131031: 'account-locked',
  368: 'account-locked',
  131045: 'not-registered',
  133010: 'not-registered',
  131048: 'spam-limited',
  131064: 'spam-limited',
  131037: 'name-not-approved',
};

/** The alert that a code calls for because it concerns the number and not one message; `null` for none. */
export function alertCause(code: FailureCode): AlertCause | null {
  if (lacksPermission(code)) return 'permission-missing';
  if (holdsSends(code)) return 'token-dead';
  return CAUSE_OF[code] ?? null;
}

/** An error as Meta words it. */
interface CodedError {
  readonly code: FailureCode;
  readonly title: string;
  readonly details: string;
}

const wording = ({ code, title, details }: CodedError): string =>
  [`${code}`, title, details].filter((word) => word !== '').join(' · ');

const about = (cause: AlertCause, channelId: string, at: number, error: CodedError): Signal => ({
  kind: ALERT_CAUSES[cause].kind,
  subject: channelId,
  at,
  cause,
  channelId,
  detail: wording(error),
});

/** What a failed or refused message says about its number; nothing for what concerns the message alone. */
export function failureSignals(
  channelId: string,
  error: CodedError,
  at: number,
): readonly Signal[] {
  const cause = alertCause(error.code);
  return cause === null ? [] : [about(cause, channelId, at, error)];
}

/** Value-level codes (Meta, "Error codes") that concern more than the messages beside them. */
const VALUE_CAUSES: Readonly<Partial<Record<FailureCode, AlertCause>>> = {
  131035: 'messages-lost',
  4: 'number-busy',
  80007: 'number-busy',
  130429: 'number-busy',
};

/** What an error says that came with no message; every one is told, also with a code nobody knows. */
export function valueErrorSignal(channelId: string, error: CodedError, at: number): Signal {
  const cause = alertCause(error.code) ?? VALUE_CAUSES[error.code] ?? 'meta-error';
  const signal = about(cause, channelId, at, error);
  return cause === 'meta-error' ? { ...signal, subject: `${channelId} ${error.code}` } : signal;
}

/** Kinds of alerts that end with proof that messages go out again, and the proof that each needs. */
export const PROVED_BY = {
  connection: 'accepted',
  lock: 'accepted',
  registration: 'accepted',
  payment: 'delivered',
  spam: 'delivered',
  'name-approval': 'delivered',
} as const satisfies Partial<Record<AlertKind, 'accepted' | 'delivered'>>;
/** A kind in {@link PROVED_BY}. */
export type ProvedKind = keyof typeof PROVED_BY;

/** Troubles of a number that are over once WhatsApp took or delivered a message of it. */
export const provedSignals = (
  channelId: string,
  troubles: readonly string[],
  proof: 'accepted' | 'delivered',
  at: number,
): readonly Signal[] =>
  (Object.keys(PROVED_BY) as ProvedKind[])
    .filter((kind) => troubles.includes(kind))
    .filter((kind) => proof === 'delivered' || PROVED_BY[kind] === 'accepted')
    .map((kind) => ({ kind, subject: channelId, at, cause: null, channelId }));

/** A number is connected again: Meta takes its token. */
export const connectedSignal = (channelId: string, at: number): Signal => ({
  kind: 'connection',
  subject: channelId,
  at,
  cause: null,
  channelId,
});

/** How many items wait for a person for one reason; none is the end of it. */
export const parkedSignal = (reason: FateReason, total: number, at: number): Signal => ({
  kind: 'parked',
  subject: reason,
  at,
  cause: total > 0 ? 'items-parked' : null,
  channelId: null,
  detail: reason,
  total,
});
