/**
 * Rust's builder: cargo on PATH, else where rustup puts it for this person. A shell that was open while
 * rustup ran does not have that folder on its PATH yet.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { run, toolEnv, which } from './processes.mjs';

/** The oldest Rust that builds the Firestore emulator. */
export const RUST = '1.88';

/**
 * @typedef {{ok: true, file: string, env: NodeJS.ProcessEnv} | {ok: false, failure: string}} Cargo
 *   `env` is what to run it with: the compiler lies beside it
 */

/** The cargo of this machine, if it is new enough. @returns {Promise<Cargo>} */
export async function findCargo() {
  const file = which('cargo') ?? cargoOfRustup();
  if (file === null) return { ok: false, failure: 'Rust (cargo) is not installed.' };
  const tools = toolEnv();
  const env = { ...tools, PATH: `${tools.PATH}${path.delimiter}${path.dirname(file)}` };
  const { code, output } = await run(file, ['--version'], { env }).catch(() => ({
    code: 1,
    output: '',
  }));
  const [, major, minor] = (code === 0 && /(\d+)\.(\d+)/.exec(output)) || [];
  if (major === undefined) return { ok: false, failure: `Rust (${file}) does not run.` };
  return isEnough(Number(major), Number(minor))
    ? { ok: true, file, env }
    : { ok: false, failure: `Rust is ${major}.${minor}, and building it takes ${RUST}.` };
}

/** `CARGO_HOME`, else `~/.cargo` (The rustup book, "Installation"). */
function cargoOfRustup() {
  const home = process.env.CARGO_HOME || path.join(homedir(), '.cargo');
  const file = path.join(home, 'bin', 'cargo');
  return existsSync(file) ? file : null;
}

/** @param {number} major @param {number} minor */
function isEnough(major, minor) {
  const [needMajor, needMinor] = RUST.split('.').map(Number);
  return major > needMajor || (major === needMajor && minor >= needMinor);
}
