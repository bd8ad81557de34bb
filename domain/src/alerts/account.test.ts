import { describe, expect, it } from 'vitest';
import { NOW } from '../testing/index.ts';
import { readDelivery, readJournaled, type AccountItem } from '../whatsapp/delivery-body.ts';
import { accountSignals } from './account.ts';
import { alertCause, failureSignals, valueErrorSignal } from './signal.ts';

const NUMBER = '100000000000001';
const ACCOUNT = '200000000000001';
const SECONDS = Math.floor(NOW / 1000);

const anEvent = (field: string, value: object, time: number | undefined = SECONDS) => {
  const entry = [{ id: ACCOUNT, time, changes: [{ field, value }] }];
  const [item] = readDelivery({ object: 'whatsapp_business_account', entry }) ?? [];
  return item as AccountItem;
};
const numbers = [{ channelId: NUMBER, digits: '15550100100' }];
const signals = (field: string, value: object, over: object = {}) =>
  accountSignals(anEvent(field, value), {
    accountId: ACCOUNT,
    numbers,
    receivedAt: NOW + 500,
    ...over,
  });

const template = {
  message_template_id: 1689556908129832,
  message_template_name: 'order_ready',
  message_template_language: 'en_US',
};
const status = (event: string, over: object = {}): [field: string, value: object] => [
  'message_template_status_update',
  { event, ...template, ...over },
];

describe('an event of the account', () => {
  it.each<[field: string, value: object, expected: string | undefined]>([
    [...status('PAUSED'), 'template-paused'],
    [...status('DISABLED', { reason: 'ABUSIVE_CONTENT' }), 'template-disabled'],
    [...status('REJECTED', { reason: 'SCAM' }), 'template-rejected'],
    [...status('FLAGGED'), 'template-flagged'],
    [...status('LOCKED'), 'template-locked'],
    [...status('LIMIT_EXCEEDED'), 'template-limit'],
    [...status('APPROVED'), 'over: template'],
    [...status('REINSTATED'), 'over: template'],
    [...status('DELETED'), 'over: template'],
    [...status('PENDING'), undefined],
    [...status('TELEPORTED'), 'account-event'],
    [
      'message_template_quality_update',
      { ...template, new_quality_score: 'RED' },
      'template-quality-low',
    ],
    [
      // Meta's own sample has the score under the wrong field.
      'message_template_status_update',
      { ...template, new_quality_score: 'YELLOW' },
      'template-quality-medium',
    ],
    [
      'message_template_quality_update',
      { ...template, new_quality_score: 'GREEN' },
      'over: template-quality',
    ],
    ['phone_number_quality_update', { event: 'FLAGGED' }, 'quality-low'],
    ['phone_number_quality_update', { event: 'UNFLAGGED' }, 'over: quality'],
    ['phone_number_quality_update', { event: 'DOWNGRADE' }, 'limit-lowered'],
    ['phone_number_quality_update', { event: 'THROUGHPUT_UPGRADE' }, 'over: limit'],
    ['phone_number_quality_update', { event: 'ONBOARDING' }, undefined],
    ['phone_number_name_update', { decision: 'REJECTED' }, 'name-rejected'],
    ['phone_number_name_update', { decision: 'APPROVED' }, 'over: name'],
    ['account_review_update', { decision: 'REJECTED' }, 'review-rejected'],
    ['account_review_update', { decision: 'APPROVED' }, 'over: review'],
    ['account_update', { event: 'ACCOUNT_VIOLATION' }, 'account-violation'],
    ['account_update', { event: 'ACCOUNT_RESTRICTION' }, 'account-restricted'],
    ['account_update', { event: 'ACCOUNT_DELETED' }, 'account-deleted'],
    ['account_update', { event: 'PARTNER_REMOVED' }, 'app-removed'],
    ['account_update', { event: 'PARTNER_ADDED' }, 'over: partner'],
    ['account_update', { event: 'ACCOUNT_OFFBOARDED' }, 'account-offboarded'],
    ['account_update', { event: 'ACCOUNT_RECONNECTED' }, 'over: coexistence'],
    ['account_update', { event: 'VERIFIED_ACCOUNT' }, undefined],
    ['account_update', { event: 'SOMETHING_NEW' }, 'account-event'],
    ['account_update', {}, 'account-event'],
    ['security', { event: 'PIN_RESET_REQUEST' }, 'pin-event'],
    ['business_capability_update', { max_phone_numbers_per_waba: 25 }, undefined],
  ])('%s %j is “%s”', (field, value, expected) => {
    const [signal] = signals(field, value);
    expect(signal && (signal.cause ?? `over: ${signal.kind}`)).toBe(expected);
  });

  it.each([
    ['SCHEDULE_FOR_DISABLE', 'account-disabling'],
    ['DISABLE', 'account-disabled'],
    ['REINSTATE', null],
  ])('DISABLED_UPDATE to %s is “%s”', (waba_ban_state, cause) => {
    const ban_info = { waba_ban_state, waba_ban_date: 'April 17, 2027' };
    expect(signals('account_update', { event: 'DISABLED_UPDATE', ban_info })).toMatchObject([
      { kind: 'ban', cause },
    ]);
  });

  it('is about a template by its id, and says its name and Meta’s reason', () => {
    const [signal] = signals(...status('REJECTED', { reason: 'SCAM' }));
    expect(signal).toMatchObject({
      subject: `${ACCOUNT} 1689556908129832`,
      name: 'order_ready · en_US',
      detail: 'REJECTED · SCAM',
      at: SECONDS * 1000,
    });
  });

  it('is about the number that it names, else about the only one of the account', () => {
    const named = { display_phone_number: '+1 555 010 0100', event: 'FLAGGED' };
    expect(signals('phone_number_quality_update', named)).toMatchObject([
      { subject: NUMBER, channelId: NUMBER },
    ]);
    const strange = { display_phone_number: '351912345408', event: 'FLAGGED' };
    const two = [...numbers, { channelId: '2', digits: '1' }];
    expect(signals('phone_number_quality_update', strange, { numbers: two })).toMatchObject([
      { subject: `${ACCOUNT} 351912345408`, channelId: null },
    ]);
    expect(signals('account_update', { event: 'ACCOUNT_DELETED' })).toMatchObject([
      { subject: ACCOUNT, channelId: NUMBER },
    ]);
  });

  it('of a partner is about the account inside, not about the portfolio', () => {
    const value = { event: 'PARTNER_REMOVED', waba_info: { waba_id: '77' } };
    expect(signals('account_update', value)).toMatchObject([{ subject: '77' }]);
  });

  it('ends by itself only where every restriction says when', () => {
    const restricted = (...restriction_info: object[]) =>
      signals('account_update', { event: 'ACCOUNT_RESTRICTION', restriction_info })[0];
    const one = {
      restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING',
      expiration: SECONDS + 60,
    };
    const two = {
      restriction_type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION',
      expiration: SECONDS + 90,
    };
    expect(restricted(one, two)).toMatchObject({ endsAt: (SECONDS + 90) * 1000 });
    expect(restricted(one, { ...two, expiration: '<TIMESTAMP>' })).toMatchObject({ endsAt: null });
    expect(restricted()).toMatchObject({ endsAt: null });
  });

  it('of Meta’s own alerts has Meta’s severity, one for each type', () => {
    const alert = (over: object) => ({
      entity_type: 'BUSINESS',
      entity_id: '506914307656634',
      alert_info: {
        alert_severity: 'CRITICAL',
        alert_status: 'ACTIVE',
        alert_type: 'LOW_BALANCE',
        alert_description: 'Add money',
        ...over,
      },
    });
    expect(signals('account_alerts', alert({}))).toMatchObject([
      {
        cause: 'meta-critical',
        subject: '506914307656634 LOW_BALANCE',
        detail: 'CRITICAL · LOW_BALANCE · Add money',
      },
    ]);
    expect(signals('account_alerts', alert({ alert_severity: 'NEW' }))).toMatchObject([
      { cause: 'meta-warning' },
    ]);
    expect(signals('account_alerts', alert({ alert_status: 'NONE' }))).toMatchObject([
      { kind: 'meta', cause: null, subject: '506914307656634 LOW_BALANCE' },
    ]);
  });

  it.each([
    [2_000, 2_000],
    ['TIER_2K', 2_000],
    ['TIER_250', 250],
    ['TIER_UNLIMITED', Number.MAX_SAFE_INTEGER],
    [-1, Number.MAX_SAFE_INTEGER],
  ])('has %j as the limit %d', (max_daily_conversations_per_business, level) => {
    const value = { max_daily_conversations_per_business };
    expect(signals('business_capability_update', value)).toMatchObject([{ kind: 'limit', level }]);
  });

  it('without a time is of the moment it came, and none is later than that', () => {
    const at = (time?: number) =>
      accountSignals(anEvent('account_update', { event: 'ACCOUNT_DELETED' }, time), {
        accountId: ACCOUNT,
        numbers,
        receivedAt: NOW,
      })[0]?.at;
    expect(
      accountSignals(
        { ...anEvent('account_update', { event: 'ACCOUNT_DELETED' }), at: null },
        { accountId: ACCOUNT, numbers, receivedAt: NOW },
      )[0]?.at,
    ).toBe(NOW);
    expect(at(SECONDS + 3_600)).toBe(NOW);
  });

  it('is read again from the journal as it came', () => {
    const item = anEvent('account_update', { event: 'ACCOUNT_DELETED' });
    expect(readJournaled(item.raw)).toEqual(item);
  });
});

describe('an error that came with no message', () => {
  const errors = [{ code: 130429, title: 'Rate limit hit', error_data: { details: 'Too many' } }];
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '15550100100', phone_number_id: NUMBER },
  };

  it('is one item each, read again from the journal, and about the number', () => {
    const item = anEvent('messages', { ...value, errors });
    expect(item).toMatchObject({ kind: 'account', phoneNumberId: NUMBER });
    expect(readJournaled(item.raw)).toEqual(item);
    expect(
      accountSignals(item, { accountId: ACCOUNT, numbers: [], receivedAt: NOW }),
    ).toMatchObject([
      { cause: 'number-busy', subject: NUMBER, detail: '130429 · Rate limit hit · Too many' },
    ]);
  });

  it('stands beside messages without taking anything from them', () => {
    const message = { id: 'wamid.A', from: '15550123456', type: 'text', text: { body: 'Hi' } };
    const entry = [
      {
        id: ACCOUNT,
        changes: [{ field: 'messages', value: { ...value, messages: [message], errors } }],
      },
    ];
    expect(readDelivery({ entry })?.map(({ kind }) => kind)).toEqual(['message', 'account']);
  });

  it('is left to a person where it can’t be read, or names no number', () => {
    expect(anEvent('messages', { ...value, errors: ['odd'] })).toMatchObject({ kind: 'other' });
    expect(anEvent('messages', { errors })).toMatchObject({ reason: 'no-number-id' });
  });

  it('is told also with a code that nobody knows, one alert for each', () => {
    const error = { code: 999_999, title: 'New', details: '' };
    expect(valueErrorSignal(NUMBER, error, NOW)).toMatchObject({
      cause: 'meta-error',
      subject: `${NUMBER} 999999`,
    });
    expect(valueErrorSignal(NUMBER, { ...error, code: 131035 }, NOW).cause).toBe('messages-lost');
    expect(valueErrorSignal(NUMBER, { ...error, code: 131042 }, NOW).cause).toBe('payment-missing');
  });
});

describe('a code', () => {
  it.each([
    [0, 'token-dead'],
    [190, 'token-dead'],
    [3, 'permission-missing'],
    [10, 'permission-missing'],
    [200, 'permission-missing'],
    [299, 'permission-missing'],
    [131005, 'permission-missing'],
    [300, null],
    [131042, 'payment-missing'],
    [131044, 'payment-missing'],
    [131031, 'account-locked'],
    [368, 'account-locked'],
    [131045, 'not-registered'],
    [133010, 'not-registered'],
    [131048, 'spam-limited'],
    [131064, 'spam-limited'],
    [131037, 'name-not-approved'],
    [131026, null],
    [131047, null],
    ['no-code', null],
  ] as const)('%s of one message says “%s” of its number', (code, cause) => {
    expect(alertCause(code)).toBe(cause);
    expect(
      failureSignals(NUMBER, { code, title: '', details: '' }, NOW).map((one) => one.cause),
    ).toEqual(cause === null ? [] : [cause]);
  });
});
