import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findCargo } from './cargo.mjs';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'switchboard-cargo-'));
  vi.stubEnv('HOME', home);
  vi.stubEnv('CARGO_HOME', '');
  vi.stubEnv('PATH', path.join(home, 'on-path'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

/** A cargo of this version in a folder of the home. Only shell builtins: PATH is empty. */
async function aCargo(folder: string, says = 'echo cargo 1.90.0'): Promise<string> {
  const file = path.join(home, folder, 'cargo');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${says}\n`);
  await chmod(file, 0o755);
  return file;
}

describe('cargo', () => {
  it('that is nowhere is not installed', async () => {
    expect(await findCargo()).toEqual({ ok: false, failure: 'Rust (cargo) is not installed.' });
  });

  it('that rustup has just put into the home is found, with its compiler on the PATH', async () => {
    const file = await aCargo('.cargo/bin');
    const found = await findCargo();
    expect(found).toMatchObject({ ok: true, file });
    const { PATH = '' } = found.ok ? found.env : {};
    expect(PATH.split(path.delimiter).at(-1)).toBe(path.dirname(file));
  });

  it('is looked for where CARGO_HOME says', async () => {
    await aCargo('.cargo/bin', 'echo cargo 1.70.0');
    const file = await aCargo('elsewhere/bin');
    vi.stubEnv('CARGO_HOME', path.join(home, 'elsewhere'));
    expect(await findCargo()).toMatchObject({ ok: true, file });
  });

  it('on PATH comes before that of rustup', async () => {
    await aCargo('.cargo/bin');
    const file = await aCargo('on-path');
    expect(await findCargo()).toMatchObject({ ok: true, file });
  });

  it('that is too old says what it takes', async () => {
    await aCargo('.cargo/bin', 'echo cargo 1.87.0');
    expect(await findCargo()).toEqual({
      ok: false,
      failure: 'Rust is 1.87, and building it takes 1.88.',
    });
  });

  it('that does not run says so, not that it is missing', async () => {
    const file = await aCargo('.cargo/bin', 'exit 1');
    expect(await findCargo()).toEqual({ ok: false, failure: `Rust (${file}) does not run.` });
  });
});
