import { required } from '../e2e/support/local-system.ts';
import { openLine } from '../support/faults/line.ts';

/** Carries the functions to Firestore while the browsers' faults are tried: nothing of theirs is broken. */
export default async function carry(): Promise<() => Promise<void>> {
  const [host = '', port = ''] = required('FIRESTORE_EMULATOR_HOST').split(':');
  const line = await openLine(
    { host, port: Number(port) },
    Number(required('SWITCHBOARD_LINE_PORT')),
  );
  return () => line.close();
}
