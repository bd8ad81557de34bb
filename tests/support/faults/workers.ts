import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { required } from '../../e2e/support/local-system.ts';

/**
 * Kills the processes of these functions, or of all of them, as a machine that goes down would: at
 * once and without a word. The emulator starts new ones when it needs them. Answers how many it met.
 */
export function killFunctions(...names: readonly string[]): number {
  const folder = required('SWITCHBOARD_WORKERS');
  const met = readdirSync(folder).filter((pid) => {
    const file = path.join(folder, pid);
    const wanted = names.length === 0 || names.includes(readFileSync(file, 'utf8'));
    if (wanted) rmSync(file);
    return wanted && killed(Number(pid));
  });
  return met.length;
}

function killed(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
