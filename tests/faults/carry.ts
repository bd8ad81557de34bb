import { expect } from '@playwright/test';
import { required, system } from '../e2e/support/local-system.ts';
import { openLine } from '../support/faults/line.ts';

const NOBODY = {
  from: '15570000000',
  message: { type: 'text', text: { body: 'Is anybody there?' } },
};

/** Whether the webhook takes a message: the functions have found the way to Firestore. */
async function taken(): Promise<boolean> {
  const answer = await fetch(`${system.sandbox}/_sandbox/inbound`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(NOBODY),
  });
  return ((await answer.json()) as { status: number | null }).status === 200;
}

/** Carries the functions to Firestore while the browsers' faults are tried: nothing of theirs is broken. */
export default async function carry(): Promise<() => Promise<void>> {
  const [host = '', port = ''] = required('FIRESTORE_EMULATOR_HOST').split(':');
  const line = await openLine(
    { host, port: Number(port) },
    Number(required('SWITCHBOARD_LINE_PORT')),
  );
  await expect.poll(taken, { timeout: 60_000 }).toBe(true);
  return () => line.close();
}
