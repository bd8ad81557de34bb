import type { Fault } from '../control/faults.ts';
import { textOf, type Settings } from '../model.ts';
import { webhookBody, type Update } from './bodies.ts';
import { encodeBody, signature } from './encode.ts';
import { GIVE_UP_AFTER_MS, planBodies, retryPause } from './plan.ts';

/** One try to hand a body over; `status` is null when no answer came. */
export interface Attempt {
  at: number;
  status: number | null;
  ms: number;
  problem?: string;
}

/** A webhook body on its way: what the delivery log shows. */
export interface Delivery {
  id: number;
  url: string;
  createdAt: number;
  state: 'pending' | 'delivered' | 'given-up';
  items: { kind: Update['kind']; id: string; status?: string }[];
  attempts: Attempt[];
  body: string;
  signature: string;
}

/** How the first attempt went; `status` is null without an answer, or while updates are held. */
export interface Outcome {
  status: number | null;
  held: boolean;
}

/** What one POST to the webhook did. */
export interface PostResult {
  status: number | null;
  problem?: string;
}

/** Sends one signed body and reports the answer's status. Never throws. */
export type PostWebhook = (
  url: string,
  body: string,
  signature: string,
  timeout: number,
) => Promise<PostResult>;

/** What the deliverer needs from around it. */
export interface DelivererPorts {
  settings: () => Settings;
  appSecret: () => string;
  takeFault: () => Fault | null;
  now: () => number;
  post: PostWebhook;
  /** Called once for each body that the webhook answered with 200. */
  onDelivered: (updates: Update[]) => void;
  /** Called after every attempt. */
  onAttempt: (deliveryId: number, attempt: Attempt) => void;
}

interface Waiting {
  update: Update;
  settle: (outcome: Outcome) => void;
}

interface InFlight extends Delivery {
  updates: Update[];
  timer: NodeJS.Timeout | null;
}

const LOG_LENGTH = 1000;

/**
 * Delivers updates as Meta does: at least once, concurrently, the whole POST again with growing
 * pauses until the webhook answers 200 (Meta, "Webhooks overview"). On demand it batches, holds,
 * repeats and reorders.
 */
export class Deliverer {
  private readonly ports: DelivererPorts;
  private waiting: Waiting[] = [];
  private log: InFlight[] = [];
  private nextId = 1;
  private windowTimer: NodeJS.Timeout | null = null;
  private generation = 0;

  constructor(ports: DelivererPorts) {
    this.ports = ports;
  }

  /**
   * Takes updates for delivery and resolves after the first attempt of the body they went in.
   * `copies` posts that body so many times in all, one after the other.
   */
  async submit(updates: Update[], copies = 1): Promise<Outcome> {
    const { hold, batchWindow } = this.ports.settings();
    if (hold) {
      for (const update of updates) this.waiting.push({ update, settle: () => undefined });
      return { status: null, held: true };
    }
    if (batchWindow > 0) return this.collect(updates, batchWindow);
    const plan = planBodies(updates, this.ports.settings());
    const outcomes = await Promise.all(plan.map((body) => this.deliver(body)));
    for (let copy = 1; copy < copies; copy += 1)
      await Promise.all(plan.map((body) => this.deliver(body)));
    return { status: worstStatus(outcomes), held: false };
  }

  /** Posts what is held or collected, tries what waits for a retry, and resolves when all were tried. */
  async flush(): Promise<Delivery[]> {
    const released = this.release();
    const retried = this.log.filter((delivery) => delivery.timer !== null);
    const retries = retried.map((delivery) => this.attempt(delivery));
    const [fresh] = await Promise.all([released, Promise.all(retries)]);
    return [...fresh, ...retried].map(publicDelivery);
  }

  /** Posts a delivery of the log once more, whatever became of it; null when there is none. */
  async redeliver(id: number): Promise<Delivery | null> {
    const delivery = this.log.find((known) => known.id === id);
    if (delivery === undefined) return null;
    await this.attempt(delivery);
    return publicDelivery(delivery);
  }

  /** The newest deliveries, oldest first. */
  deliveries(): Delivery[] {
    return this.log.map(publicDelivery);
  }

  /** Updates that wait for a flush or a window, and deliveries not yet taken. */
  pending(): number {
    return this.waiting.length + this.log.filter((one) => one.state === 'pending').length;
  }

  /** Forgets everything and stops all retries. */
  reset(): void {
    this.generation += 1;
    if (this.windowTimer) clearTimeout(this.windowTimer);
    this.windowTimer = null;
    for (const delivery of this.log) clearTimer(delivery);
    for (const { settle } of this.waiting) settle({ status: null, held: true });
    this.waiting = [];
    this.log = [];
  }

  private async collect(updates: Update[], batchWindow: number): Promise<Outcome> {
    const outcomes = updates.map(
      (update) =>
        new Promise<Outcome>((settle) => {
          this.waiting.push({ update, settle });
        }),
    );
    this.windowTimer ??= setTimeout(() => void this.release(), batchWindow);
    const settled = await Promise.all(outcomes);
    return { status: worstStatus(settled), held: settled.some((outcome) => outcome.held) };
  }

  private async release(): Promise<InFlight[]> {
    if (this.windowTimer) clearTimeout(this.windowTimer);
    this.windowTimer = null;
    const waiting = this.waiting;
    this.waiting = [];
    const bodies = planBodies(waiting, this.ports.settings());
    const posted: InFlight[] = [];
    const post = async (body: Waiting[]): Promise<void> => {
      const outcome = await this.deliver(
        body.map((one) => one.update),
        posted,
      );
      for (const { settle } of body) settle(outcome);
    };
    // Disorder must not be put right by concurrency: the bodies go one after the other.
    if (this.ports.settings().disorder) for (const body of bodies) await post(body);
    else await Promise.all(bodies.map(post));
    return posted;
  }

  private async deliver(updates: Update[], into: InFlight[] = []): Promise<Outcome> {
    const body = encodeBody(webhookBody(updates));
    const delivery: InFlight = {
      id: this.nextId,
      url: this.ports.settings().webhookUrl,
      createdAt: this.ports.now(),
      state: 'pending',
      items: updates.map(itemSummary),
      attempts: [],
      body,
      signature: signature(body, this.ports.appSecret()),
      updates,
      timer: null,
    };
    this.nextId += 1;
    into.push(delivery);
    this.keep(delivery);
    const first = await this.attempt(delivery);
    return { status: first.status, held: false };
  }

  /** The log keeps what is still on its way, however long it gets. */
  private keep(delivery: InFlight): void {
    this.log.push(delivery);
    if (this.log.length <= LOG_LENGTH) return;
    const done = this.log.findIndex((one) => one.state !== 'pending');
    if (done >= 0) this.log.splice(done, 1);
  }

  private async attempt(delivery: InFlight): Promise<Attempt> {
    const generation = this.generation;
    clearTimer(delivery);
    const startedAt = this.ports.now();
    const result = await this.postWithFaults(delivery);
    const attempt = { at: startedAt, ms: this.ports.now() - startedAt, ...result };
    delivery.attempts.push(attempt);
    this.ports.onAttempt(delivery.id, attempt);
    if (generation === this.generation) this.settle(delivery, attempt);
    return attempt;
  }

  private settle(delivery: InFlight, attempt: Attempt): void {
    if (attempt.status === 200) {
      const first = delivery.state !== 'delivered';
      delivery.state = 'delivered';
      if (first) this.ports.onDelivered(delivery.updates);
      return;
    }
    if (delivery.state === 'delivered') return;
    if (this.ports.now() - delivery.createdAt > GIVE_UP_AFTER_MS) {
      delivery.state = 'given-up';
      return;
    }
    const { retryBase, retryMax } = this.ports.settings();
    const pause = retryPause(delivery.attempts.length, retryBase, retryMax);
    delivery.timer = setTimeout(() => void this.attempt(delivery), pause);
  }

  private async postWithFaults(delivery: InFlight): Promise<PostResult> {
    const fault = this.ports.takeFault();
    const { webhookTimeout } = this.ports.settings();
    if (fault?.mode === 'error') return { status: fault.httpStatus, problem: 'lost on its way' };
    if (fault?.mode === 'timeout') return { status: null, problem: 'lost on its way' };
    if (fault?.mode === 'slow') await pause(fault.delay ?? 5000);
    const result = await this.ports.post(
      delivery.url,
      delivery.body,
      delivery.signature,
      webhookTimeout,
    );
    if (fault?.mode === 'timeout-after-accept') return { status: null, problem: 'answer lost' };
    return result;
  }
}

function itemSummary(update: Update): Delivery['items'][number] {
  const { id, status } = update.item;
  const summary = { kind: update.kind, id: update.account?.field ?? textOf(id) };
  return typeof status === 'string' && update.kind === 'status' ? { ...summary, status } : summary;
}

function publicDelivery(delivery: InFlight): Delivery {
  const { updates: _updates, timer: _timer, ...shown } = delivery;
  return { ...shown, attempts: [...delivery.attempts] };
}

function clearTimer(delivery: InFlight): void {
  if (delivery.timer) clearTimeout(delivery.timer);
  delivery.timer = null;
}

function worstStatus(outcomes: Outcome[]): number | null {
  const statuses = outcomes.map((outcome) => outcome.status);
  if (statuses.includes(null)) return null;
  return statuses.find((status) => status !== 200) ?? 200;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** Posts over HTTP; anything but an answer in time is a `null` status with the reason. */
export function httpPost(stopped: AbortSignal): PostWebhook {
  return async (url, body, signed, timeout) => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'facebookexternalua',
          'x-hub-signature-256': signed,
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([stopped, AbortSignal.timeout(timeout)]),
      });
      await response.arrayBuffer();
      return { status: response.status };
    } catch (error) {
      return { status: null, problem: reasonOf(error) };
    }
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  if (error.name === 'TimeoutError') return 'no answer in time';
  const cause = error.cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
  return code === 'ECONNREFUSED' ? 'nothing listens there' : code;
}
