/** How much of the machine other people's programs take while something is measured. Linux only. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { descendants } from './processes.mjs';

/** `/proc` counts CPU time in hundredths of a second (proc(5), USER_HZ). */
const TICKS_PER_SECOND = 100;
const EVERY = 1_000;

/**
 * Watches every process that this one did not start.
 * @returns {{stop: () => number | null}} `stop` answers how many cores they used on average, or null
 *   where there is no /proc
 */
export function watchOthers() {
  if (!existsSync('/proc/self/stat')) return { stop: () => null };
  const started = performance.now();
  let before = ticksOfOthers();
  let used = 0;
  const look = () => {
    const now = ticksOfOthers();
    for (const [pid, ticks] of now) used += Math.max(0, ticks - (before.get(pid) ?? 0));
    before = now;
  };
  const timer = setInterval(look, EVERY);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return used / TICKS_PER_SECOND / ((performance.now() - started) / 1000);
    },
  };
}

/** @returns {Map<string, number>} CPU time by pid */
function ticksOfOthers() {
  const ours = new Set([process.pid, ...descendants(process.pid)].map(String));
  const found = new Map();
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid) || ours.has(pid)) continue;
    const stat = textOf(`/proc/${pid}/stat`);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    if (Number.isFinite(ticks)) found.set(pid, ticks);
  }
  return found;
}

/** @param {string} file empty where the process has gone */
function textOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
