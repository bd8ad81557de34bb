/** What is written by tens of thousands wakes nothing. */
import { required } from '../lib/row.ts';

/**
 * Switches the triggers of the Functions emulator off: each planted entry would start a function,
 * which is no part of what a screen is measured with. Answers what switches them on again.
 */
export async function withoutTriggers(): Promise<() => Promise<void>> {
  await turn('disable');
  return () => turn('enable');
}

/** Firebase, "Emulator Hub": what the SDK's `withFunctionTriggersDisabled` calls too. */
async function turn(how: 'disable' | 'enable'): Promise<void> {
  const url = `http://127.0.0.1:${required('SWITCHBOARD_HUB_PORT')}/functions/${how}BackgroundTriggers`;
  const { ok, status } = await fetch(url, { method: 'PUT' });
  if (!ok) throw new Error(`The emulators' hub answered ${status} to "${how} triggers".`);
}
