/**
 * Processes that run the functions' own code and may die at every call that leaves them: before the
 * call took effect, or after it and before its answer. Nothing runs in a dead process any more, and
 * what it remembered is gone.
 */
import { unavailable } from '../stores.ts';
import type { Simulation } from './simulation.ts';

/** What becomes of one call. */
export type Fate =
  | 'goes through'
  | 'dies before'
  | 'dies after'
  /** Fails, and nothing took place. */
  | 'fails before'
  /** Fails, and it took place all the same. */
  | 'fails after'
  /** It took place, its answer was lost, and the repeat of the client library met its own effect. */
  | 'meets itself';

/** Decides what becomes of each call; `step` counts them all from 1. */
export type Chaos = (step: number, call: Call) => Fate;

/** A call that leaves a process. */
export interface Call {
  readonly process: string;
  /** The port's name and what was asked of it, as `store.commit`. */
  readonly asked: string;
  readonly about: readonly string[];
}

/** How a job ended: `died` where its process did. */
export type Ending<T> =
  { readonly value: T } | { readonly failed: unknown } | { readonly died: true };

/** One process. */
export interface Process {
  readonly alive: boolean;
  /** Carries a call out of the process. */
  call<T>(asked: string, work: () => T, about: readonly string[]): Promise<T>;
  /** Waits inside the process. */
  wait(ms: number): Promise<void>;
  /** Runs a job in it; `ended` is always told, also of its death. */
  run<T>(job: () => Promise<T>, ended: (ending: Ending<T>) => void): void;
  die(): void;
}

/** What all processes of a world share. */
export interface Host {
  readonly simulation: Simulation;
  readonly chaos: Chaos;
  /** How long a call takes one way, ms. */
  readonly delay: () => number;
  readonly noted: (step: number, call: Call, fate: Fate) => void;
  steps: number;
}

/** A platform ends what runs longer than this, ms. */
const TIMEOUT_MS = 300_000;

/** Starts a process. */
export function startProcess(name: string, host: Host): Process {
  const { simulation, delay } = host;
  const endings = new Set<() => void>();
  let alive = true;
  const die = (): void => {
    alive = false;
    for (const end of [...endings]) end();
    endings.clear();
  };
  const later = (ms: number, act: () => void): void => {
    simulation.after(ms, () => {
      if (alive) act();
    });
  };
  return {
    get alive() {
      return alive;
    },
    die,
    wait: (ms) => new Promise((resolve) => later(ms, resolve)),
    call: <T>(asked: string, work: () => T, about: readonly string[]) =>
      new Promise<T>((resolve, reject) => {
        later(delay(), () => {
          const call = { process: name, asked, about };
          const fate = host.chaos((host.steps += 1), call);
          host.noted(host.steps, call, fate);
          if (fate === 'dies before') return die();
          if (fate === 'fails before') return later(delay(), () => reject(unavailable()));
          const done = attempt(work);
          if (fate === 'dies after') return die();
          later(delay(), () => {
            if (fate === 'fails after') reject(unavailable());
            else if ('error' in done) reject(done.error);
            else resolve(fate === 'meets itself' ? (false as T) : done.value);
          });
        });
      }),
    run(job, ended) {
      const end = (): void => ended({ died: true });
      endings.add(end);
      const over = simulation.after(TIMEOUT_MS, () => {
        if (alive && endings.has(end)) die();
      });
      const finish = (tell: () => void): void => {
        if (!alive || !endings.delete(end)) return;
        over();
        tell();
      };
      job().then(
        (value) => finish(() => ended({ value })),
        (failed: unknown) => finish(() => ended({ failed })),
      );
    },
  };
}

function attempt<T>(work: () => T): { readonly value: T } | { readonly error: Error } {
  try {
    return { value: work() };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}
