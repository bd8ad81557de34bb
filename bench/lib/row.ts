/** What a row of the benchmark measures, and how it hands its figures over. */
import { writeFile } from 'node:fs/promises';
import type { Goal } from './goals.ts';

/** One figure. `null` for a goal: printed to explain the others. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'B' | '/s' | 'points' | '';
  readonly goal: Goal | null;
}

/** A measured row. `samples` are what the figures were made of, each list in the unit of its figure. */
export interface Measured {
  readonly figures: readonly Figure[];
  readonly samples: Readonly<Record<string, readonly number[]>>;
  /** What it ran with: counts, durations, what stood in for what. */
  readonly setting: string;
}

/** How one run of a row is asked for. */
export interface Asked {
  readonly seed: number;
  /** How long rows with a rate run, s. */
  readonly seconds: number;
  /** How often rows with rounds repeat them. */
  readonly rounds: number;
  /** Processes of the webhook's handler that answer by turns, as Cloud Run adds them: each has one thread. */
  readonly instances: number;
}

const { env } = process;

const whole = (name: string): number => {
  const value = Number(env[name]);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`${name} must be a whole number above 0: run rows with "npm run bench".`);
  return value;
};

/** A variable that `npm run bench` sets. @throws where it is missing. */
export function required(name: string): string {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set: run rows with "npm run bench".`);
  return value;
}

/** Runs a row and hands its figures to `npm run bench`, in the file that it named. */
export async function measure(row: (asked: Asked) => Promise<Measured>): Promise<void> {
  const asked = {
    seed: whole('BENCH_SEED'),
    seconds: whole('BENCH_SECONDS'),
    rounds: whole('BENCH_N'),
    instances: whole('BENCH_INSTANCES'),
  };
  await writeFile(required('BENCH_RESULT'), JSON.stringify(await row(asked)));
  // Firestore clients keep their connections; everything is written.
  process.exit(0);
}

/** Epoch ms with fractions, on the clock that every process of this machine shares. */
export const now = (): number => performance.timeOrigin + performance.now();
