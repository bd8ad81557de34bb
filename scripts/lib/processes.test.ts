import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { notePorts, ownSystem } from './own-system.mjs';
import { alive, descendants, run, service } from './processes.mjs';
import { takePlace } from './run-lock.mjs';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'switchboard-processes-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A program that ignores SIGTERM and has a child in a group of its own, as firebase-tools does. */
const STUBBORN = `
  import { spawn } from 'node:child_process';
  process.on('SIGTERM', () => {});
  spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
  console.log('up');
  setInterval(() => {}, 1000);
`;

const node = (name: string, script: string) =>
  service(name, process.execPath, ['--input-type=module', '-e', script], {
    log: path.join(folder, `${name}.log`),
    patience: 500,
  });

describe('run', () => {
  it('answers the exit code and the last lines', async () => {
    const seen: string[] = [];
    const script = 'console.log("one"); console.error("two"); process.exit(3)';
    const result = await run(process.execPath, ['-e', script], {
      onLine: (line) => seen.push(line),
    });
    expect(result.code).toBe(3);
    expect(result.output.split('\n').sort()).toEqual(['one', 'two']);
    expect(seen.sort()).toEqual(['one', 'two']);
  });
});

describe('a service', () => {
  it('is stopped with everything it started, whatever its group', async () => {
    const stubborn = await node('stubborn', STUBBORN);
    await vi.waitUntil(() => stubborn.seen(/up/), { timeout: 10_000 });
    const pid = stubborn.child.pid ?? 0;
    const family = [pid, ...descendants(pid)];
    expect(family.length).toBe(2);
    await stubborn.stop();
    expect(family.filter(alive)).toEqual([]);
  });

  it('that ends by itself says so, with its last words', async () => {
    const brief = await node('brief', 'console.log("no such table"); process.exit(7)');
    const problem = await brief.died;
    expect(problem.message).toBe('brief ended by itself (exit code 7).');
    expect(problem.evidence).toBe('no such table');
    await vi.waitUntil(async () => (await readFile(brief.log, 'utf8')).includes('no such table'));
  });
});

describe('the place of a run', () => {
  it('is held by one, and free again when that one lets go', async () => {
    const name = path.relative(path.resolve('.cache'), path.join(folder, 'place'));
    const first = await takePlace(name);
    const second = await takePlace(name);
    expect(second).toEqual({ heldBy: process.pid });
    if ('release' in first) first.release();
    expect(await takePlace(name)).toHaveProperty('release');
  });

  it('says on which ports its holder listens, and nothing once that one is gone', async () => {
    const name = path.relative(path.resolve('.cache'), path.join(folder, 'place'));
    const place = await takePlace(name);
    await notePorts({ hosting: 5050 }, name);
    expect(await ownSystem(name)).toEqual({ pid: process.pid, ports: { hosting: 5050 } });
    if ('release' in place) place.release();
    expect(await ownSystem(name)).toBeNull();
  });

  it('is free where its holder is gone and somebody else has the pid', async () => {
    const name = path.relative(path.resolve('.cache'), path.join(folder, 'place'));
    const began = { pid: process.pid, began: '1' };
    await mkdir(path.join(folder, 'place'));
    await writeFile(path.join(folder, 'place', 'running.json'), JSON.stringify(began));
    expect(await takePlace(name)).toHaveProperty('release');
  });
});
