/**
 * Starting and stopping other programs. Every program gets a process group of its own, so that a
 * Ctrl-C in the terminal reaches only us and we decide the order; stopping takes the group and every
 * descendant that left it (firebase-tools starts the Firestore emulator in a group of its own).
 */
import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { BIN, ROOT } from './paths.mjs';
import { Problem } from './say.mjs';

/** Groups that must not outlive this process. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** How long a program may take to end when asked, in ms. */
const PATIENCE = 10_000;

/** The environment of the programs we start: Node 22 and the installed tools come first. */
export const toolEnv = (extra = {}) => ({
  ...process.env,
  PATH: `${BIN}${path.delimiter}${withoutBin(process.env.PATH ?? '')}`,
  ...extra,
});

/** A PATH without any `node_modules/.bin`, that is, the host's own. @param {string} value */
export const withoutBin = (value) =>
  value
    .split(path.delimiter)
    .filter(
      (dir) =>
        dir && !dir.endsWith(path.join('node_modules', '.bin')) && !dir.includes('node-gyp-bin'),
    )
    .join(path.delimiter);

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, inherit?: boolean}} [options]
 *   `onLine` hears each line of output, `inherit` shows the output as it comes
 * @returns {Promise<{code: number, output: string}>} the exit code (1 where a signal ended it) and,
 *   unless inherited, the last 200 lines it printed
 */
export async function run(command, args, { cwd = ROOT, env = toolEnv(), onLine, inherit } = {}) {
  const child = spawn(command, args, {
    cwd,
    env,
    detached: true,
    stdio: inherit ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const lines = tail(200);
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) eachLine(stream, (line) => (lines.push(line), onLine?.(line)));
  }
  try {
    const code = await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (exit) => resolve(exit ?? 1));
    });
    return { code, output: lines.text() };
  } finally {
    running.delete(child);
  }
}

/**
 * As `run`, but anything except exit code 0 is a problem with this sentence.
 * @param {string} command
 * @param {string[]} args
 * @param {Parameters<typeof run>[2] & {evidence?: (output: string) => string}} options `evidence` picks
 *   from the output what a person should read
 * @param {string} cause
 * @param {string} [way]
 */
export async function must(command, args, options, cause, way) {
  const { evidence = (output) => lastLines(output, 25) } = options;
  const result = await run(command, args, options).catch((error) => {
    throw new Problem(cause, way, String(error.message));
  });
  if (result.code !== 0) throw new Problem(cause, way, evidence(result.output));
  return result.output;
}

/**
 * A program that runs until it is stopped, its output in a log file.
 * @typedef {{name: string, log: string, child: import('node:child_process').ChildProcess, stop: () => Promise<void>, died: Promise<Problem>, seen: (pattern: RegExp) => boolean}} Service
 *   `died` resolves (never rejects) when it ends without having been stopped; `seen` tells whether a
 *   line of its output matched
 */

/**
 * @param {string} name what people call it
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, log: string, patience?: number}} options
 *   `patience` in ms, until what does not end when asked is killed
 * @returns {Promise<Service>}
 */
export async function service(
  name,
  command,
  args,
  { cwd = ROOT, env = toolEnv(), log, patience = PATIENCE },
) {
  await mkdir(path.dirname(log), { recursive: true });
  const file = createWriteStream(log);
  const lines = tail(400);
  const child = spawn(command, args, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  for (const stream of [child.stdout, child.stderr]) {
    stream.pipe(file, { end: false });
    eachLine(stream, (line) => lines.push(line));
  }
  let stopping = false;
  const died = new Promise((resolve) => {
    const end = (/** @type {string} */ how) => {
      running.delete(child);
      file.end();
      if (!stopping) resolve(diedProblem(name, how, log, lines.text()));
    };
    child.once('error', (error) => end(error.message));
    child.once('close', (code, signal) => end(signal ? `signal ${signal}` : `exit code ${code}`));
  });
  return {
    name,
    log,
    child,
    died,
    seen: (pattern) => pattern.test(lines.text()),
    stop: async () => {
      stopping = true;
      await stopTree(child, patience);
    },
  };
}

/** @param {string} name @param {string} how @param {string} log @param {string} output */
const diedProblem = (name, how, log, output) =>
  new Problem(
    `${name} ended by itself (${how}).`,
    `Its last words are above, all of them in ${path.relative(ROOT, log)}.`,
    lastLines(output, 25),
  );

/** Stops everything that this process started and that still runs. */
export const stopAll = async () => {
  await Promise.all([...running].map((child) => stopTree(child, PATIENCE)));
};

/** The pids of the programs that run now. */
export const runningPids = () => [...running].flatMap((child) => (child.pid ? [child.pid] : []));

/**
 * Asks a program's group to end (the whole group: `hidane exec` passes no signal on), waits as long as
 * `patience` says, then kills what is left of it and of all it started.
 * @param {{pid?: number | undefined, exitCode: number | null, signalCode: NodeJS.Signals | null}} child
 * @param {number} patience ms
 */
async function stopTree(child, patience) {
  if (!child.pid) return;
  const family = [child.pid, ...descendants(child.pid)];
  if (child.exitCode === null && child.signalCode === null) kill(-child.pid, 'SIGTERM');
  await gone(family, patience);
  killFamily(child.pid, family);
  await gone(family, 2_000);
}

/** Kills a group and those of its family that left the group. @param {number} head @param {number[]} family */
export function killFamily(head, family) {
  kill(-head, 'SIGKILL');
  for (const pid of family) {
    kill(-pid, 'SIGKILL');
    kill(pid, 'SIGKILL');
  }
}

/** @param {number[]} pids @param {number} patience ms */
async function gone(pids, patience) {
  const deadline = Date.now() + patience;
  while (pids.some(alive) && Date.now() < deadline) await wait(50);
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function kill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in between, which is what was wanted.
  }
}

/** Whether a process runs; one that ended and waits for its parent does not count. @param {number} pid */
export function alive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || parentAndState(readText(stat))?.state !== 'Z';
}

/** Every process below this one, children before grandchildren. @param {number} pid */
export function descendants(pid) {
  const children = new Map();
  for (const [child, parent] of processTable()) {
    children.set(parent, [...(children.get(parent) ?? []), child]);
  }
  const found = [];
  for (let level = [pid]; level.length > 0;) {
    level = level.flatMap((each) => children.get(each) ?? []);
    found.push(...level);
  }
  return found;
}

/** Pairs of pid and parent pid: from /proc where there is one (a bare machine may lack `ps`). */
function processTable() {
  if (existsSync('/proc/self/stat')) {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        const parsed = parentAndState(readText(`/proc/${name}/stat`));
        return parsed ? [[Number(name), parsed.parent]] : [];
      });
  }
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((pair) => pair.length === 2);
}

/**
 * When a process began, in the kernel's own count; null where that cannot be told. A pid alone names
 * nobody for long: after a restart of the machine it belongs to somebody else.
 * @param {number} pid
 */
export function beganAt(pid) {
  const stat = readText(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

/** The fields after the name, which is in brackets and may contain anything. @param {string} stat */
function parentAndState(stat) {
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return parent === undefined ? null : { state, parent: Number(parent) };
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Keeps the last lines. @param {number} size */
function tail(size) {
  /** @type {string[]} */
  const kept = [];
  return {
    push: (/** @type {string} */ line) => {
      kept.push(line);
      if (kept.length > size) kept.shift();
    },
    text: () => kept.join('\n'),
  };
}

/** @param {import('node:stream').Readable} stream @param {(line: string) => void} hear */
function eachLine(stream, hear) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk) => {
    const lines = (rest + chunk).split(/\r?\n|\r/);
    rest = lines.pop() ?? '';
    for (const line of lines) hear(line);
  });
  stream.on('end', () => rest && hear(rest));
}

/** @param {string} text @param {number} count */
export const lastLines = (text, count) => text.trimEnd().split('\n').slice(-count).join('\n');

/** The last lines of a log file, empty where there is none. @param {string} file @param {number} count */
export const lastOfLog = async (file, count) =>
  lastLines(await readFile(file, 'utf8').catch(() => ''), count);

/** The full path of a program on the host's PATH, or null. @param {string} name */
export function which(name) {
  for (const dir of withoutBin(process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(dir, name);
    if (existsSync(file)) return file;
  }
  return null;
}
