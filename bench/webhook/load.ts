/** The load generator, in a process of its own: sends a plan on time, whatever the answers do. */
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { now } from '../lib/row.ts';
import { signedBody, type SignedBody } from './requests.ts';
import { planTraffic, type PlannedRequest, type Traffic } from './traffic.ts';

/** What it is told to send, and where. */
export interface Order {
  /** Instances, by turns. */
  readonly ports: readonly number[];
  readonly warmUp: Traffic;
  readonly traffic: Traffic;
}

/** What became of a request; times are epoch ms. `problem`: why no answer came. */
export interface Sent {
  readonly intended: number;
  readonly sent: number;
  readonly answered: number;
  readonly status: number;
  readonly problem: string;
}

/** The answers to the requests of {@link Order}, in the order of its plans. */
export interface Report {
  readonly warmUp: readonly Sent[];
  readonly traffic: readonly Sent[];
}

/** A request ready to go: signing is no part of what is measured. */
interface Ready extends SignedBody {
  readonly at: number;
}

const prepare = ({ at, messages }: PlannedRequest, start: number): Ready => ({
  at,
  ...signedBody(messages, start),
});

const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

/** Posts one body. Never rejects. */
function post(port: number, ready: Ready, intended: number): Promise<Sent> {
  const sent = now();
  const outcome = (status: number, problem = ''): Sent => ({
    intended,
    sent,
    answered: now(),
    status,
    problem,
  });
  const lost = (error: Error & { code?: string }): Sent => outcome(0, error.code ?? error.name);
  return new Promise((resolve) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(ready.body),
      'x-hub-signature-256': ready.signature,
    };
    const options = { port, host: '127.0.0.1', path: '/whatsapp/webhook', method: 'POST', agent };
    const call = request({ ...options, headers }, (response) => {
      response.resume();
      response.once('end', () => resolve(outcome(response.statusCode ?? 0)));
      response.once('error', (error) => resolve(lost(error)));
    });
    call.once('error', (error) => resolve(lost(error)));
    call.end(ready.body);
  });
}

/** Sends a plan at its times and waits for the last answer. */
async function send(
  ports: readonly number[],
  requests: readonly Ready[],
): Promise<readonly Sent[]> {
  const start = now();
  const answers: Promise<Sent>[] = [];
  for (const [index, ready] of requests.entries()) {
    const port = ports[index % ports.length] ?? 0;
    const intended = start + ready.at;
    while (now() < intended) await wait(Math.max(1, intended - now()));
    answers.push(post(port, ready, intended));
  }
  return Promise.all(answers);
}

async function run(order: Order): Promise<Report> {
  const begun = Date.now();
  const ready = [order.warmUp, order.traffic].map((traffic) =>
    planTraffic(traffic).map((planned) => prepare(planned, begun)),
  );
  const warmUp = await send(order.ports, ready[0] ?? []);
  return { warmUp, traffic: await send(order.ports, ready[1] ?? []) };
}

process.on('message', (order: Order) => {
  void run(order).then((report) => process.send?.(report));
});
process.on('disconnect', () => process.exit(0));
