/**
 * What the commands say to a person. A step that takes long shows that it lives: on a terminal one
 * line that moves, elsewhere a line now and then.
 */

/** A failure with a way out: printed as sentences, without a stack. */
export class Problem extends Error {
  /**
   * @param {string} cause what is wrong, a sentence
   * @param {string} [way] what to do about it, a sentence
   * @param {string} [evidence] the last words of what failed, printed as they are
   */
  constructor(cause, way, evidence) {
    super(cause);
    this.name = 'Problem';
    this.way = way;
    this.evidence = evidence;
  }
}

const live = process.stdout.isTTY === true && !process.env.CI;
const colours = live && !process.env.NO_COLOR;
/** @param {number} code @returns {(text: string) => string} */
const sgr = (code) => (text) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
export const bold = sgr(1);
export const dim = sgr(2);
export const red = sgr(31);
export const green = sgr(32);

// A terminal that is closed must not keep us from stopping what runs.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

/** @param {string} text */
export const say = (text) => process.stdout.write(`${text}\n`);

/** Seconds as people read them: `4.2 s`, `3 min 05 s`. @param {number} ms */
export function duration(ms) {
  const seconds = ms / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** Prints a failure the way a person can act on it. @param {unknown} error */
export function sayProblem(error) {
  if (!(error instanceof Problem)) {
    process.stderr.write(`\n${error instanceof Error ? error.stack : String(error)}\n`);
    return;
  }
  if (error.evidence) process.stderr.write(`\n${dim(error.evidence.trimEnd())}\n`);
  process.stderr.write(`\n${red('✗')} ${bold(error.message)}\n`);
  if (error.way) process.stderr.write(`  ${error.way}\n`);
  process.stderr.write('\n');
}

/**
 * Runs a step under a name. `work` may report what it is busy with; the step shows the time it took.
 * @template T
 * @param {string} name
 * @param {(busyWith: (what: string) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const started = Date.now();
  const ticker = live ? movingLine(name, started) : occasionalLine(name, started);
  try {
    const result = await work(ticker.busyWith);
    ticker.end(`${green('✓')} ${name} ${dim(duration(Date.now() - started))}`);
    return result;
  } catch (error) {
    ticker.end(`${red('✗')} ${name} ${dim(duration(Date.now() - started))}`);
    throw error;
  }
}

/** @param {string} name @param {number} started */
function movingLine(name, started) {
  let what = '';
  const draw = () => {
    const room = Math.max(20, (process.stdout.columns ?? 80) - name.length - 16);
    const detail = what.length > room ? `${what.slice(0, room - 1)}…` : what;
    process.stdout.write(
      `\r\u001b[2K  ${name} ${dim(`${duration(Date.now() - started)} ${detail}`)}`,
    );
  };
  draw();
  const timer = setInterval(draw, 200);
  return lineApi(timer, (text) => (what = text), '\r\u001b[2K');
}

/** @param {string} name @param {number} started */
function occasionalLine(name, started) {
  let what = '';
  const timer = setInterval(
    () => say(`  … ${name}: ${duration(Date.now() - started)}${what ? `, ${what}` : ''}`),
    15_000,
  );
  return lineApi(timer, (text) => (what = text), '');
}

/** @param {NodeJS.Timeout} timer @param {(text: string) => void} setWhat @param {string} wipe */
function lineApi(timer, setWhat, wipe) {
  return {
    busyWith: (/** @type {string} */ text) => setWhat(text.trim()),
    end: (/** @type {string} */ line) => {
      clearInterval(timer);
      process.stdout.write(`${wipe}${line}\n`);
    },
  };
}
