import { graphError } from '../graph/errors.ts';
import type { Template, TemplateStatus } from '../graph/template.ts';
import type { BusinessNumber, JsonObject } from '../model.ts';
import type { CanSend } from '../world/accounts.ts';
import { unixSeconds, type Update } from './bodies.ts';

/** News of the account as one update; `at` in epoch milliseconds. */
export const accountUpdate = (
  number: BusinessNumber,
  field: string,
  value: JsonObject,
  at: number,
): Update => ({ kind: 'account', number, contact: null, item: value, account: { field, at } });

/**
 * What a template's event makes of its status; null where it stays, `DELETED` where the template
 * goes (Meta, "message_template_status_update").
 */
export const TEMPLATE_EVENTS = {
  APPROVED: 'APPROVED',
  REINSTATED: 'APPROVED',
  REJECTED: 'REJECTED',
  PENDING: 'PENDING',
  PAUSED: 'PAUSED',
  DISABLED: 'DISABLED',
  FLAGGED: null,
  LOCKED: null,
  IN_APPEAL: 'IN_APPEAL',
  LIMIT_EXCEEDED: 'LIMIT_EXCEEDED',
  ARCHIVED: 'ARCHIVED',
  PENDING_DELETION: 'PENDING_DELETION',
  DELETED: 'DELETED',
} as const satisfies Record<string, TemplateStatus | 'DELETED' | null>;

/** See {@link TEMPLATE_EVENTS}. */
export type TemplateEvent = keyof typeof TEMPLATE_EVENTS;

/** What an event of a template tells beside its reason. */
const TEMPLATE_DETAILS: Partial<Record<TemplateEvent, (at: number) => JsonObject>> = {
  REJECTED: () => ({
    rejection_info: {
      reason: 'The template asks for what a business may not ask for.',
      recommendation: 'Leave the question out and send the template to review again.',
    },
  }),
  PAUSED: () => ({
    other_info: { title: 'FIRST_PAUSE', description: 'Too many people blocked or reported it.' },
  }),
  LOCKED: () => ({
    other_info: { title: 'RATE_LIMITING_PAUSE', description: 'Template paused: too many blocks.' },
  }),
  FLAGGED: (at) => ({ disable_info: { disable_date: Number(unixSeconds(at)) } }),
  DISABLED: (at) => ({ disable_info: { disable_date: Number(unixSeconds(at)) } }),
};

/** The value of `message_template_status_update`. */
export const templateValue = (
  template: Template,
  event: TemplateEvent,
  reason: string,
  at: number,
): JsonObject => ({
  event,
  message_template_id: Number(template.id),
  message_template_name: template.name,
  message_template_language: template.language,
  reason,
  message_template_category: template.category,
  ...TEMPLATE_DETAILS[event]?.(at),
});

/** Events of `account_update`, with what each tells and what it leaves of the right to send. */
export const ACCOUNT_EVENTS = {
  VERIFIED_ACCOUNT: { canSend: () => null, details: () => ({}) },
  DISABLED_UPDATE: {
    canSend: (state: string) => BANS[state] ?? null,
    details: (state: string, at: number) => ({
      ban_info: { waba_ban_state: state || 'DISABLE', waba_ban_date: dateText(at) },
    }),
  },
  ACCOUNT_RESTRICTION: {
    canSend: () => 'LIMITED',
    details: (type: string, at: number) => ({
      restriction_info: [
        {
          restriction_type: type || 'RESTRICTED_BIZ_INITIATED_MESSAGING',
          expiration: Number(unixSeconds(at + WEEK_MS)),
        },
      ],
    }),
  },
  ACCOUNT_VIOLATION: {
    canSend: () => null,
    details: (type: string) => ({ violation_info: { violation_type: type || 'SPAM' } }),
  },
  ACCOUNT_DELETED: { canSend: () => 'BLOCKED', details: () => ({}) },
  ACCOUNT_OFFBOARDED: { canSend: () => 'BLOCKED', details: () => ({}) },
  ACCOUNT_RECONNECTED: { canSend: () => 'AVAILABLE', details: () => ({}) },
} as const satisfies Record<
  string,
  {
    canSend: (detail: string) => CanSend | null;
    details: (detail: string, at: number) => JsonObject;
  }
>;

/** See {@link ACCOUNT_EVENTS}. */
export type AccountEvent = keyof typeof ACCOUNT_EVENTS;

const BANS: Record<string, CanSend> = {
  '': 'BLOCKED',
  DISABLE: 'BLOCKED',
  SCHEDULE_FOR_DISABLE: 'LIMITED',
  REINSTATE: 'AVAILABLE',
};
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });
const dateText = (at: number): string => DATE.format(at);

/** Events that name the number that they are about. */
const OF_NUMBER: readonly AccountEvent[] = ['VERIFIED_ACCOUNT', 'ACCOUNT_RESTRICTION'];

/** The value of `account_update`; `detail` is the state of a ban or the kind of what was broken. */
export const accountValue = (
  number: BusinessNumber,
  event: AccountEvent,
  detail: string,
  at: number,
): JsonObject => ({
  ...(OF_NUMBER.includes(event) ? { phone_number: number.displayPhoneNumber } : {}),
  event,
  ...ACCOUNT_EVENTS[event].details(detail, at),
});

/** The value of `phone_number_quality_update`; `limit` as in `TIER_2K`. */
export const qualityValue = (number: BusinessNumber, event: string, limit: string): JsonObject => ({
  display_phone_number: number.displayPhoneNumber,
  event,
  current_limit: limit,
  max_daily_conversations_per_business: limit,
});

/** An error of the number as a whole, in `value.errors` (Meta, "Errors webhook reference"). */
export function numberError(number: BusinessNumber, code: number, details?: string): Update {
  const error = graphError(code, details);
  const title = error.message.replace(/^\(#\d+\) /, '');
  return {
    kind: 'error',
    number,
    contact: null,
    item: {
      code,
      title,
      message: title,
      error_data: { details: error.details ?? title },
      href: '/documentation/business-messaging/whatsapp/support/error-codes',
    },
  };
}
