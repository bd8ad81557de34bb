import { post } from './api.js';
import { offer } from './choices.js';

/** @typedef {(words: string) => void} Tell */
/** @typedef {{ name: string, path: string, body: Record<string, unknown> }} Act */

/** @param {string} name @param {Record<string, unknown>} fault @returns {Act} */
const fault = (name, fault) => ({ name, path: '/_sandbox/faults', body: { times: 1, ...fault } });

/** What goes wrong with the next thing that the business does, or with the next webhook. @type {Act[]} */
const FAULTS = [
  fault('Refused: try later', { op: 'messages', mode: 'error', code: 131016 }),
  fault('Refused: too fast', { op: 'messages', mode: 'error', code: 130429 }),
  fault('Refused: too fast to one', { op: 'messages', mode: 'error', code: 131056 }),
  fault('Refused: token ended', { op: 'messages', mode: 'error', code: 190 }),
  fault('Fails: undeliverable', { op: 'messages', mode: 'fail-later', code: 131026 }),
  fault('Fails: bill not paid', { op: 'messages', mode: 'fail-later', code: 131042 }),
  fault('Never answered', { op: 'messages', mode: 'timeout' }),
  fault('Sent, not answered', { op: 'messages', mode: 'timeout-after-accept' }),
  fault('Files: not found', { op: 'download', mode: 'error', code: 100, httpStatus: 404 }),
  fault('Webhook lost', { op: 'webhook', mode: 'error' }),
  fault('Webhook twice', { op: 'webhook', mode: 'timeout-after-accept' }),
  fault('Webhook late', { op: 'webhook', mode: 'slow', delay: 5000 }),
];

/** @param {string} event @param {string} language */
const template = (event, language) => ({ name: 'follow_up_after_repair', language, event });

/** What Meta decides by itself. @type {Act[]} */
const NEWS = [
  { name: 'Template paused', path: '/_sandbox/templates/status', body: template('PAUSED', 'en') },
  { name: 'Template back', path: '/_sandbox/templates/status', body: template('REINSTATED', 'en') },
  { name: 'Quality low', path: '/_sandbox/quality', body: { event: 'FLAGGED', quality: 'RED' } },
  {
    name: 'Quality high',
    path: '/_sandbox/quality',
    body: { event: 'UNFLAGGED', quality: 'GREEN' },
  },
  {
    name: 'Account disabled',
    path: '/_sandbox/account',
    body: { event: 'DISABLED_UPDATE', detail: 'DISABLE' },
  },
  {
    name: 'Account back',
    path: '/_sandbox/account',
    body: { event: 'DISABLED_UPDATE', detail: 'REINSTATE' },
  },
  { name: 'Account restricted', path: '/_sandbox/account', body: { event: 'ACCOUNT_RESTRICTION' } },
  { name: 'Alert', path: '/_sandbox/alert', body: {} },
  { name: 'Number error', path: '/_sandbox/errors', body: { code: 130429 } },
];

/**
 * @param {string} title
 * @param {Act[]} acts
 * @param {'fault' | 'news'} shape
 * @param {(name: string) => string} done
 * @param {Tell} tell
 */
function offerActs(title, acts, shape, done, tell) {
  const act = (/** @type {Act} */ { name, path, body }) =>
    void post(path, body).then(
      () => tell(done(name)),
      (/** @type {Error} */ problem) => tell(problem.message),
    );
  offer(
    title,
    acts.map((one) => ({ shape, name: one.name, act: () => act(one) })),
  );
}

/** Asks what should go wrong next, once. @param {Tell} tell */
export const offerFaults = (tell) =>
  offerActs('Goes wrong next', FAULTS, 'fault', (name) => `Next time: ${name}.`, tell);

/** Asks what Meta should decide. @param {Tell} tell */
export const offerNews = (tell) =>
  offerActs('Meta decides', NEWS, 'news', (name) => `Meta has told the business: ${name}.`, tell);
