/** Helpers of a row that run in processes of their own; they end with the row. */
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';

/** Starts a file of this folder. */
export function startHelper(file: string, env: Readonly<Record<string, string>>): ChildProcess {
  return fork(path.join(import.meta.dirname, '..', file), {
    env: { ...process.env, ...env },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
}

/** The next message of a helper that `wanted` knows. @throws where the helper ends before it. */
export function hear<T>(helper: ChildProcess, wanted: (message: unknown) => T | null): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void =>
      reject(new Error(`A helper of the row ended by itself (exit code ${String(code)}).`));
    const heard = (message: unknown): void => {
      const found = wanted(message);
      if (found === null) return;
      helper.off('message', heard);
      helper.off('exit', ended);
      resolve(found);
    };
    helper.on('message', heard);
    helper.once('exit', ended);
  });
}
