/** Only wiring: each export is a trigger and the capability that it wakes. */
import { pipeline } from 'node:stream/promises';
import { onDocumentCreated } from 'firebase-functions/v2/firestore';
import { onCall, onRequest, type CallableRequest } from 'firebase-functions/v2/https';
import { onInit } from 'firebase-functions/v2/core';
import { setGlobalOptions } from 'firebase-functions/v2/options';
import { onSchedule } from 'firebase-functions/v2/scheduler';
import { onTaskDispatched } from 'firebase-functions/v2/tasks';
import { composePorts } from './adapters/compose.ts';
import { entryPath, type CallableName } from '@switchboard/domain';
import { JOBS } from './callables.ts';
import { bringMedia as runBringMedia } from './media/bring.ts';
import { mediaFile as runMediaFile } from './media/file.ts';
import { dispatch } from './dispatch/dispatch.ts';
import type { Caller } from './platform/person.ts';
import { assertSafe, readSettings } from './platform/environment.ts';
import type { Ports } from './ports.ts';
import { uploadPart as runUploadPart } from './media/upload.ts';
import { drain as runDrain, sweep as runSweep } from './sweep/sweep.ts';
import { webhook as runWebhook } from './webhook/webhook.ts';

const SECRETS = ['WHATSAPP_APP_SECRET', 'WHATSAPP_VERIFY_TOKEN', 'WHATSAPP_ACCESS_TOKEN'];
const settings = readSettings(process.env);

setGlobalOptions({ region: 'us-central1', memory: '512MiB', maxInstances: 20, secrets: SECRETS });

// Deploying loads this module without the settings: they are judged where requests are about to run.
onInit(() => {
  assertSafe(readSettings(process.env));
});

let composed: Ports | undefined;
const ports = (): Ports => (composed ??= composePorts(readSettings(process.env)));

/** Meta's webhook. One instance stays warm: Meta expects a median answer under 250 ms. */
export const webhook = onRequest(
  { minInstances: settings.emulated ? 0 : 1, cors: false },
  async (request, response) => {
    const answer = await runWebhook(ports(), readSettings(process.env).verifyTokens, {
      method: request.method,
      url: request.url,
      signature: request.get('x-hub-signature-256'),
      // A request without a body has none, whatever the type says.
      body: request.rawBody ?? Buffer.alloc(0),
    });
    response.status(answer.status).type('text/plain').send(answer.body);
  },
);

const caller = ({ auth }: CallableRequest): Caller | null =>
  auth ? { uid: auth.uid, token: auth.token } : null;

const callable = (name: CallableName) =>
  onCall((request) => JOBS[name](ports(), caller(request), request.data));

/**
 * Callable: a change to a conversation (`commandSchema`). A refusal is an ordinary answer with its
 * code; only a bug becomes an error, `INTERNAL` (Firebase, "Protocol specification for
 * https.onCall").
 */
export const command = callable('command');

/**
 * Callable: an admin's change to a colleague (`peopleCommandSchema`). Refusals are answers, as for
 * `command`.
 */
export const people = callable('people');

/** Callable: addresses of media, and another try at media that was given up (`mediaCommandSchema`). */
export const media = callable('media');

/** Callable: what came in and what became of it, for admins (`ledgerCommandSchema`). */
export const ledger = callable('ledger');

/** Callable: a supervisor or an admin has seen an alert (`alertsCommandSchema`). */
export const alerts = callable('alerts');

/** Callable: how a number behaves toward customers, for admins (`channelCommandSchema`). */
export const channel = callable('channel');

/** Callable: the holder has opened a conversation, or is writing (`receiptSchema`). */
export const receipt = callable('receipt');

/** Callable: a message for later (`scheduleCommandSchema`). */
export const schedule = callable('schedule');

/** Files at signed addresses, behind hosting's `/media/**`. */
export const mediaFile = onRequest(
  { cors: false, timeoutSeconds: 300 },
  async (request, response) => {
    const answer = await runMediaFile(ports(), {
      method: request.method,
      url: request.url,
      range: request.get('range'),
    });
    response.status(answer.status).set(answer.headers);
    if (answer.body === null || typeof answer.body === 'string') response.end(answer.body ?? '');
    else await pipeline(answer.body, response).catch(() => response.destroy());
  },
);

/** Parts of a file that a colleague sends, at signed addresses, behind hosting's `/upload/**`. */
export const uploadPart = onRequest(
  { cors: false, memory: '1GiB', timeoutSeconds: 300 },
  async (request, response) => {
    const answer = await runUploadPart(ports(), {
      method: request.method,
      url: request.url,
      body: request.rawBody ?? Buffer.alloc(0),
    });
    response.status(answer.status).set('cache-control', 'no-store').json(answer.body);
  },
);

/**
 * Task queue: brings one message's media. Never tried again by the queue: when, says the media's own
 * task, and the sweep looks at that.
 */
export const bringMedia = onTaskDispatched<{ mediaId: string }>(
  {
    retryConfig: { maxAttempts: 1 },
    rateLimits: { maxConcurrentDispatches: 20 },
    timeoutSeconds: 540,
  },
  async ({ data }) => runBringMedia(ports(), data.mediaId),
);

/** Wakes the dispatcher for a queued reply. Events carry no order: the dispatcher reads what is there. */
export const onEntryCreated = onDocumentCreated(
  { document: entryPath('{conversationId}', '{entryId}'), timeoutSeconds: 300 },
  async (event) => {
    const state = event.data?.get('state') as unknown;
    if (state === 'queued') await dispatch(ports(), event.params.conversationId);
  },
);

/**
 * Task queue: goes on with a delivery that was not processed while Meta waited. Tried five times;
 * what then is left the sweep finds.
 */
export const drain = onTaskDispatched<{ receiptId: string }>(
  { retryConfig: { maxAttempts: 5, minBackoffSeconds: 2 }, timeoutSeconds: 300 },
  async ({ data }) => runDrain(ports(), data.receiptId),
);

/**
 * Task queue: the work of lost wake-ups. One at a time and never tried again: the next minute
 * brings the next.
 */
export const sweep = onTaskDispatched(
  {
    retryConfig: { maxAttempts: 1 },
    rateLimits: { maxConcurrentDispatches: 1 },
    timeoutSeconds: 300,
  },
  async () => runSweep(ports()),
);

/** The schedule only enqueues the sweep, so that one machine's ticker and production run the same. */
export const sweepSchedule = onSchedule('every 1 minutes', async () => ports().tasks.sweep());
