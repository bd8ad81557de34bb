/** A clone of this repository, used as a stranger would: by the README's commands, with the machine's own Node. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { now, required } from '../lib/row.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
type Env = Readonly<Record<string, string>>;

/** What one command took, ms, and whether it failed (1) or not (0). */
export interface Ran {
  readonly ms: number;
  readonly failed: number;
}

/** Without this repository's own programs: a stranger has only what the machine has. */
const bareEnv = (): NodeJS.ProcessEnv => {
  const { PATH = '', ...rest } = process.env;
  const kept = Object.entries(rest).filter(
    ([name]) => !/^(npm_|NPM_CONFIG_|BENCH_|SWITCHBOARD_|FIRE|NODE$|INIT_CWD)/.test(name),
  );
  const own = PATH.split(path.delimiter).filter((folder) => !folder.includes('node_modules'));
  return { ...Object.fromEntries(kept), PATH: own.join(path.delimiter) };
};

export class Clone {
  readonly #folder: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #system: Env;
  #running: ChildProcess | null = null;

  private constructor(folder: string, env: Env) {
    this.#folder = folder;
    this.#system = JSON.parse(required('BENCH_SYSTEM')) as Env;
    this.#env = { ...bareEnv(), ...env, CI: '1', NO_COLOR: '1' };
  }

  /** Clones what is committed. `env` is put over the machine's own. */
  static async make(folder: string, env: Env): Promise<Clone> {
    await promisify(execFile)('git', ['clone', '--quiet', ROOT, folder]);
    return new Clone(folder, { ...env, XDG_STATE_HOME: `${folder}-state` });
  }

  /** `npm start` until it is ready; the time of it, ms. @throws where it ends before. */
  async start(): Promise<number> {
    const started = now();
    const ports = Object.entries(this.#system).filter(([name]) => name.endsWith('_PORT'));
    const env = { ...this.#env, ...Object.fromEntries(ports) };
    const child = spawn('npm', ['start', '--silent', '--', '--ci'], {
      cwd: this.#folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, as a terminal gives it: see `stop`.
      detached: true,
    });
    this.#running = child;
    child.stderr.pipe(process.stderr);
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.trim() === 'ready') return now() - started;
      process.stdout.write(`  ${line}\n`);
    }
    throw new Error('npm start ended before it was ready.');
  }

  /** The README's "what to try first" in a browser; how many of its tests fail. */
  async mainJob(): Promise<number> {
    const args = [
      'test',
      '--config',
      'tests/e2e/playwright.config.ts',
      'main-job',
      '--reporter=line',
    ];
    const bin = path.join(this.#folder, 'node_modules', '.bin');
    const env = { ...this.#system, PATH: `${bin}${path.delimiter}${String(this.#env['PATH'])}` };
    return (await this.run(path.join(bin, 'playwright'), args, env)).failed;
  }

  /** Ctrl-C, and until everything is down. A terminal signals the whole group: npm alone passes it no further than its shell. */
  async stop(): Promise<void> {
    const child = this.#running;
    if (!child?.pid || child.exitCode !== null) return;
    process.kill(-child.pid, 'SIGINT');
    await once(child, 'exit');
  }

  /** Runs a command in the clone to its end. */
  async run(command: string, args: readonly string[], env: Env = {}): Promise<Ran> {
    const started = now();
    const browser = process.env['CHROMIUM_PATH'];
    const child = spawn(command, args, {
      cwd: this.#folder,
      env: { ...this.#env, ...(browser ? { CHROMIUM_PATH: browser } : {}), ...env },
      stdio: 'inherit',
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    return { ms: now() - started, failed: code === 0 ? 0 : 1 };
  }
}
