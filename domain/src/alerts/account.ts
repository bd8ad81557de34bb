import { ALERT_CAUSES, type AlertCause, type AlertKind } from '../documents/alert.ts';
import { asObject, asObjects, asText, cutText, type Json } from '../shared/read.ts';
import { readErrors } from '../whatsapp/content.ts';
import { readSeconds, type AccountItem } from '../whatsapp/delivery-body.ts';
import { readLimit } from '../whatsapp/number.ts';
import { valueErrorSignal, type Signal } from './signal.ts';

/** The numbers of the account that an event is about, as far as the workspace has them. */
export interface AccountState {
  readonly accountId: string;
  readonly numbers: readonly { readonly channelId: string; readonly digits: string }[];
  /** When the event came, epoch ms: its time where Meta gives none, and never before. */
  readonly receivedAt: number;
}

/** Longest of Meta's own words that an alert keeps, UTF-16 units. */
const WORDS_LIMIT = 500;

/** What an event means: a state that begins, or the end of one. */
type Meaning = AlertCause | { readonly ends: AlertKind };
type Meanings = Readonly<Record<string, Meaning | null>>;

const over = (ends: AlertKind) => ({ ends });

/** Events of templates (Meta, "message_template_status_update"); `null`: nothing to do. */
const TEMPLATE_EVENTS: Meanings = {
  PAUSED: 'template-paused',
  DISABLED: 'template-disabled',
  REJECTED: 'template-rejected',
  FLAGGED: 'template-flagged',
  LOCKED: 'template-locked',
  LIMIT_EXCEEDED: 'template-limit',
  APPROVED: over('template'),
  REINSTATED: over('template'),
  UNPAUSED: over('template'),
  DELETED: over('template'),
  PENDING_DELETION: over('template'),
  ARCHIVED: null,
  PENDING: null,
  IN_APPEAL: null,
};

/** Scores of templates (Meta, "message_template_quality_update"). */
const TEMPLATE_QUALITY: Meanings = {
  RED: 'template-quality-low',
  YELLOW: 'template-quality-medium',
  GREEN: over('template-quality'),
  UNKNOWN: over('template-quality'),
};

/** Events of numbers (Meta, "phone_number_quality_update"). */
const QUALITY_EVENTS: Meanings = {
  FLAGGED: 'quality-low',
  UNFLAGGED: over('quality'),
  DOWNGRADE: 'limit-lowered',
  UPGRADE: over('limit'),
  THROUGHPUT_UPGRADE: over('limit'),
  ONBOARDING: null,
};

/** Events of accounts (Meta, "account_update"), bans apart. */
const ACCOUNT_EVENTS: Meanings = {
  ACCOUNT_RESTRICTION: 'account-restricted',
  ACCOUNT_VIOLATION: 'account-violation',
  ACCOUNT_DELETED: 'account-deleted',
  PARTNER_REMOVED: 'app-removed',
  PARTNER_APP_UNINSTALLED: 'app-removed',
  PARTNER_ADDED: over('partner'),
  PARTNER_APP_INSTALLED: over('partner'),
  ACCOUNT_OFFBOARDED: 'account-offboarded',
  ACCOUNT_RECONNECTED: over('coexistence'),
  VERIFIED_ACCOUNT: null,
  AD_ACCOUNT_LINKED: null,
  AUTH_INTL_PRICE_ELIGIBILITY_UPDATE: null,
  BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE: null,
  MM_LITE_TERMS_SIGNED: null,
  PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE: null,
  VOLUME_BASED_PRICING_TIER_UPDATE: null,
};

const BAN_STATES: Meanings = {
  SCHEDULE_FOR_DISABLE: 'account-disabling',
  DISABLE: 'account-disabled',
  REINSTATE: over('ban'),
};

const REVIEWS: Meanings = {
  REJECTED: 'review-rejected',
  APPROVED: over('review'),
  PENDING: null,
  DEFERRED: null,
};

const NAMES: Meanings = {
  REJECTED: 'name-rejected',
  APPROVED: over('name'),
  PENDING: null,
  DEFERRED: null,
};

/** Severities of Meta's own alerts (Meta, "account_alerts"). */
const META_ALERTS: Meanings = {
  CRITICAL: 'meta-critical',
  WARNING: 'meta-warning',
  INFORMATIONAL: 'meta-info',
};

/**
 * What an account event says (Meta, "Webhooks", fields other than `messages`): nothing where there is
 * nothing to do. An event that this version does not know is told as such, never dropped.
 */
export function accountSignals(item: AccountItem, state: AccountState): readonly Signal[] {
  const at = Math.min(item.at ?? state.receivedAt, state.receivedAt);
  const { value } = item;
  const reader = new EventReader(item.field, value, state, at);
  switch (item.field) {
    case 'messages':
      return readErrors(value['errors']).map((error) =>
        valueErrorSignal(item.phoneNumberId ?? '', error, at),
      );
    case 'message_template_status_update':
    case 'message_template_quality_update':
      return 'new_quality_score' in value
        ? reader.template(TEMPLATE_QUALITY, asText(value['new_quality_score']))
        : reader.template(TEMPLATE_EVENTS, asText(value['event']), templateWords(value));
    case 'phone_number_quality_update':
      return reader.number(QUALITY_EVENTS, asText(value['event']), asText(value['current_limit']));
    case 'phone_number_name_update':
      return reader.number(NAMES, asText(value['decision']), asText(value['rejection_reason']));
    case 'account_review_update':
      return reader.account(REVIEWS, asText(value['decision']));
    case 'account_update':
      return accountUpdate(reader, value);
    case 'account_alerts':
      return reader.alerts();
    case 'business_capability_update':
      return reader.limit();
    case 'security':
      return reader.number({}, asText(value['event']), undefined, 'pin-event');
    default:
      return reader.account({}, item.field);
  }
}

function accountUpdate(reader: EventReader, value: Json): readonly Signal[] {
  const event = asText(value['event']);
  if (event === 'DISABLED_UPDATE') {
    const ban = asObject(value['ban_info']);
    return reader.account(BAN_STATES, asText(ban?.['waba_ban_state']), [ban?.['waba_ban_date']]);
  }
  const restrictions = asObjects(value['restriction_info']);
  const words = [
    asObject(value['violation_info'])?.['violation_type'],
    ...restrictions.map((one) => one['restriction_type']),
  ];
  const ends = restrictions.map((one) => readSeconds(one['expiration']));
  const endsAt = ends.length > 0 && ends.every((one) => one !== null) ? Math.max(...ends) : null;
  return reader.account(ACCOUNT_EVENTS, event, words, endsAt);
}

const templateWords = (value: Json): readonly unknown[] => [
  value['reason'] === 'NONE' ? undefined : value['reason'],
  asObject(value['other_info'])?.['description'],
  asObject(value['rejection_info'])?.['reason'],
  asObject(value['disable_info'])?.['disable_date'],
];

/** The members that events of one sort have in common, read once. */
class EventReader {
  readonly #field: string;
  readonly #value: Json;
  readonly #state: AccountState;
  readonly #at: number;

  constructor(field: string, value: Json, state: AccountState, at: number) {
    this.#field = field;
    this.#value = value;
    this.#state = state;
    this.#at = at;
  }

  template(
    meanings: Meanings,
    event: string | undefined,
    words: readonly unknown[] = [],
  ): readonly Signal[] {
    const name = asText(this.#value['message_template_name']) ?? '';
    const language = asText(this.#value['message_template_language']) ?? '';
    const id = asText(this.#value['message_template_id']) ?? `${name} ${language}`;
    return this.#signals(meanings, event, {
      subject: `${this.#state.accountId} ${id}`,
      name: [name, language].filter((part) => part !== '').join(' · '),
      words,
    });
  }

  number(
    meanings: Meanings,
    event: string | undefined,
    words?: string,
    otherwise?: AlertCause,
  ): readonly Signal[] {
    const number = asText(this.#value['display_phone_number']) ?? '';
    const subject = this.#channelOf(number) ?? `${this.#state.accountId} ${number}`;
    return this.#signals(meanings, event, { subject, words: [words], otherwise });
  }

  account(
    meanings: Meanings,
    event: string | undefined,
    words: readonly unknown[] = [],
    endsAt: number | null = null,
  ): readonly Signal[] {
    return this.#signals(meanings, event, { subject: this.#account(), words, endsAt });
  }

  /** Meta's own alerts: each type of each entity is one. */
  alerts(): readonly Signal[] {
    const info = asObject(this.#value['alert_info']) ?? this.#value;
    const type = asText(info['alert_type']) ?? '';
    const subject = `${asText(this.#value['entity_id']) ?? this.#account()} ${type}`;
    const words = [type, info['alert_description']];
    const active = (asText(info['alert_status']) ?? 'ACTIVE') === 'ACTIVE';
    if (!active) return [this.#signal({ ends: 'meta' }, { subject })];
    const severity = asText(info['alert_severity']);
    return this.#signals(META_ALERTS, severity, { subject, words, otherwise: 'meta-warning' });
  }

  /** How many customers the business may write to first in a day: an alert where that is less than before. */
  limit(): readonly Signal[] {
    const given = this.#value['max_daily_conversations_per_business'];
    const level = readLimit(given);
    if (level === null) return [];
    const signal = this.#signal('limit-lowered', { subject: this.#account(), words: [given] });
    return [{ ...signal, level }];
  }

  #signals(
    meanings: Meanings,
    event: string | undefined,
    about: About & { readonly otherwise?: AlertCause | undefined },
  ): readonly Signal[] {
    const known = event !== undefined && Object.hasOwn(meanings, event);
    const meaning = known ? meanings[event] : (about.otherwise ?? 'account-event');
    if (meaning === null || meaning === undefined) return [];
    const unknown = meaning === 'account-event';
    const words = [event, ...(about.words ?? [])];
    return [
      this.#signal(meaning, {
        ...about,
        subject: unknown ? `${about.subject} ${this.#field} ${event ?? ''}` : about.subject,
        words: unknown ? [this.#field, ...words] : words,
      }),
    ];
  }

  #signal(meaning: Meaning, { subject, name = '', words = [], endsAt = null }: About): Signal {
    const cause = typeof meaning === 'string' ? meaning : null;
    return {
      kind: typeof meaning === 'string' ? ALERT_CAUSES[meaning].kind : meaning.ends,
      subject,
      at: this.#at,
      cause,
      channelId: this.#channel(),
      name: cutText(name, WORDS_LIMIT),
      detail: cutText(
        [...new Set(words.flatMap((word) => asText(word) ?? []))].join(' · '),
        WORDS_LIMIT,
      ),
      endsAt,
    };
  }

  /** For partners' events `entry.id` is a business portfolio, and the account stands inside. */
  #account(): string {
    return asText(asObject(this.#value['waba_info'])?.['waba_id']) ?? this.#state.accountId;
  }

  #channel(): string | null {
    const { numbers } = this.#state;
    const named = this.#value['display_phone_number'] ?? this.#value['phone_number'];
    return (
      this.#channelOf(asText(named) ?? '') ?? (numbers.length === 1 ? numbers[0]!.channelId : null)
    );
  }

  #channelOf(number: string): string | null {
    const digits = number.replace(/\D/g, '');
    if (digits === '') return null;
    return this.#state.numbers.find((one) => one.digits === digits)?.channelId ?? null;
  }
}

interface About {
  readonly subject: string;
  readonly name?: string;
  readonly words?: readonly unknown[];
  readonly endsAt?: number | null;
}
