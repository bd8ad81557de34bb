import type { Template } from '../graph/template.ts';
import type { BusinessNumber, JsonObject } from '../model.ts';
import {
  ACCOUNT_EVENTS,
  accountUpdate,
  accountValue,
  numberError,
  qualityValue,
  TEMPLATE_EVENTS,
  templateValue,
  type AccountEvent,
  type TemplateEvent,
} from '../webhook/account-news.ts';
import type { Update } from '../webhook/bodies.ts';
import type { Outcome } from '../webhook/deliverer.ts';
import type { Accounts, Quality } from './accounts.ts';
import type { TemplateStore } from './templates.ts';

/** What news need from around them. */
export interface NewsPorts {
  accounts: Accounts;
  templates: TemplateStore;
  now: () => number;
  submit: (updates: Update[]) => Promise<Outcome>;
}

/** What Meta decides about numbers, accounts and templates: it comes true here, and is told. */
export class News {
  private readonly ports: NewsPorts;

  constructor(ports: NewsPorts) {
    this.ports = ports;
  }

  /** A template's review or quality ended so; `reason` is `NONE` where nothing is wrong. */
  template(
    number: BusinessNumber,
    template: Template,
    event: TemplateEvent,
    reason: string,
  ): Promise<Outcome> {
    const value = templateValue(template, event, reason, this.ports.now());
    const status = TEMPLATE_EVENTS[event];
    if (status === 'DELETED')
      this.ports.templates.remove(number.wabaId, ({ id }) => id === template.id);
    else if (status !== null) Object.assign(template, { status, rejectedReason: reason });
    return this.tell(number, 'message_template_status_update', value);
  }

  /** The number's quality, throughput or limit changed. */
  quality(
    number: BusinessNumber,
    event: string,
    to: { quality?: Quality | undefined; limit?: string | undefined },
  ): Promise<Outcome> {
    const state = this.ports.accounts.number(number);
    const account = this.ports.accounts.account(number.wabaId);
    state.quality = to.quality ?? state.quality;
    account.messagingLimit = to.limit ?? account.messagingLimit;
    if (event === 'THROUGHPUT_UPGRADE') state.throughput = 'HIGH';
    const value = qualityValue(number, event, account.messagingLimit);
    return this.tell(number, 'phone_number_quality_update', value);
  }

  /** Something happened to the account, which may end or give back the right to send. */
  account(number: BusinessNumber, event: AccountEvent, detail: string): Promise<Outcome> {
    const state = this.ports.accounts.account(number.wabaId);
    state.canSend = ACCOUNT_EVENTS[event].canSend(detail) ?? state.canSend;
    const value = accountValue(number, event, detail, this.ports.now());
    return this.tell(number, 'account_update', value);
  }

  /** Meta has something to say about the account (Meta, "account_alerts"). */
  alert(number: BusinessNumber, alert: JsonObject): Promise<Outcome> {
    const value = { entity_type: 'WABA', entity_id: number.wabaId, alert_info: alert };
    return this.tell(number, 'account_alerts', value);
  }

  /** Something is wrong with the number as a whole. */
  error(number: BusinessNumber, code: number, details?: string): Promise<Outcome> {
    return this.ports.submit([numberError(number, code, details)]);
  }

  private tell(number: BusinessNumber, field: string, value: JsonObject): Promise<Outcome> {
    return this.ports.submit([accountUpdate(number, field, value, this.ports.now())]);
  }
}
