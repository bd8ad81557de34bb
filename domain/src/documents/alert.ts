import * as v from 'valibot';
import { timeOrNull } from './common.ts';

/** How pressing an alert is: messages do not go out or come in; they soon may not; good to know. */
export const ALERT_SEVERITIES = ['critical', 'warning', 'info'] as const;
/** One of the {@link ALERT_SEVERITIES}, the most pressing first. */
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

/**
 * Every cause of an alert. `kind` is what it is about: an alert has one cause at a time, and another of
 * its kind takes its place. `once` marks what merely happened: nothing will report its end, so it
 * is over when somebody has acknowledged it.
 */
export const ALERT_CAUSES = {
  'token-dead': { kind: 'connection', severity: 'critical' },
  'permission-missing': { kind: 'connection', severity: 'critical' },
  'payment-missing': { kind: 'payment', severity: 'critical' },
  'account-locked': { kind: 'lock', severity: 'critical' },
  'not-registered': { kind: 'registration', severity: 'critical' },
  'spam-limited': { kind: 'spam', severity: 'warning' },
  'name-not-approved': { kind: 'name-approval', severity: 'warning' },
  'account-disabling': { kind: 'ban', severity: 'critical' },
  'account-disabled': { kind: 'ban', severity: 'critical' },
  'account-restricted': { kind: 'restriction', severity: 'critical' },
  'account-violation': { kind: 'violation', severity: 'warning', once: true },
  'account-deleted': { kind: 'deletion', severity: 'critical', once: true },
  'app-removed': { kind: 'partner', severity: 'critical' },
  'account-offboarded': { kind: 'coexistence', severity: 'critical' },
  'review-rejected': { kind: 'review', severity: 'critical' },
  'quality-low': { kind: 'quality', severity: 'warning' },
  'limit-lowered': { kind: 'limit', severity: 'warning' },
  'name-rejected': { kind: 'name', severity: 'warning' },
  'template-paused': { kind: 'template', severity: 'warning' },
  'template-disabled': { kind: 'template', severity: 'warning' },
  'template-rejected': { kind: 'template', severity: 'warning' },
  'template-flagged': { kind: 'template', severity: 'warning' },
  'template-locked': { kind: 'template', severity: 'warning' },
  'template-limit': { kind: 'template', severity: 'warning' },
  'template-quality-low': { kind: 'template-quality', severity: 'warning' },
  'template-quality-medium': { kind: 'template-quality', severity: 'info' },
  'pin-event': { kind: 'security', severity: 'warning', once: true },
  'messages-lost': { kind: 'loss', severity: 'critical', once: true },
  'number-busy': { kind: 'throughput', severity: 'info', once: true },
  'meta-critical': { kind: 'meta', severity: 'critical' },
  'meta-warning': { kind: 'meta', severity: 'warning' },
  'meta-info': { kind: 'meta', severity: 'info' },
  'meta-error': { kind: 'error', severity: 'warning', once: true },
  'account-event': { kind: 'event', severity: 'info', once: true },
  'items-parked': { kind: 'parked', severity: 'warning' },
} as const satisfies Record<
  string,
  { readonly kind: string; readonly severity: AlertSeverity; readonly once?: boolean }
>;
/** A cause of {@link ALERT_CAUSES}. */
export type AlertCause = keyof typeof ALERT_CAUSES;
/** What an alert is about. */
export type AlertKind = (typeof ALERT_CAUSES)[AlertCause]['kind'];

/** Days that a closed alert is kept: longer than Meta goes on to send what was not taken. */
export const ALERT_DAYS = 30;

const causes = Object.keys(ALERT_CAUSES) as [AlertCause, ...AlertCause[]];

/**
 * `alerts/{id}`: something about a number, the account or a template that an admin must know. One per
 * kind and subject, for ever: what happens again is counted on it, what is over closes it. Written by
 * the server only.
 */
export const alertSchema = v.object({
  schemaVersion: v.optional(v.number(), 1),
  kind: v.string(),
  /** `null` where only the end was ever heard of. A cause that is not known (yet) reads as `account-event`. */
  cause: v.nullish(v.fallback(v.picklist(causes), 'account-event'), null),
  severity: v.picklist(ALERT_SEVERITIES),
  open: v.boolean(),
  /** The number that it is about; `null` where it is the account. */
  channelId: v.nullish(v.string(), null),
  /** The template or the like that it is about; empty where that is the number or the account. */
  name: v.optional(v.string(), ''),
  /** Meta's own words and codes, in English; the reason of items that are parked. */
  detail: v.optional(v.string(), ''),
  /** How often it was reported since it was opened; how many items there are where items are parked. */
  count: v.number(),
  openedAt: timeOrNull,
  lastAt: timeOrNull,
  /** When the state was true that it shows: what is older changes nothing. */
  asOfAt: v.number(),
  /** When it is over by itself, where that was said. */
  endsAt: timeOrNull,
  closedAt: timeOrNull,
  /** The limit last reported, so that the next report can be told to be lower; `null` for other kinds. */
  level: v.nullish(v.number(), null),
  acknowledgement: v.nullish(v.object({ by: v.string(), at: v.number() }), null),
  /** When it may be deleted; `null` while it is open or remembers a limit. */
  expireAt: timeOrNull,
});
/** An alert as it is read. Times are epoch ms. */
export type Alert = v.InferOutput<typeof alertSchema>;
