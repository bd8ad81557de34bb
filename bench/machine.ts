/** Row 18: from a clone to the main job as the README says, and how long the tests take. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Clone } from './machine/clone.ts';
import { measure, type Figure } from './lib/row.ts';

const MINUTE = 60_000;
/** Bare set-up and all tests take a quarter of an hour: only `npm run bench -- machine --full` has them. */
const full = process.env['BENCH_FULL'] === '1';

const folder = mkdtempSync(path.join(tmpdir(), 'switchboard-machine-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const time = (name: string, value: number, minutes: number): Figure => ({
  name,
  value,
  unit: 'ms',
  goal: minutes * MINUTE,
});
const none = (name: string, value: number): Figure => ({ name, value, unit: '', goal: 0 });

/** A clone is set up, does the main job in a browser, and stops. */
async function firstStart(clone: Clone, name: string, minutes: number): Promise<Figure[]> {
  const ready = await clone.start();
  const failures = await clone.mainJob();
  await clone.stop();
  return [
    time(`${name}: to "ready"`, ready, minutes),
    none(`${name}: main job's tests that fail`, failures),
  ];
}

await measure(async () => {
  const cached = await Clone.make(path.join(folder, 'cached'), {});
  const figures = await firstStart(cached, 'set-up with what earlier ones left', 2);
  const check = await cached.run('npm', ['run', 'check']);
  figures.push(time('npm run check', check.ms, 1), none('npm run check: failed', check.failed));
  if (full) {
    const caches = path.join(folder, 'caches');
    const bare = await Clone.make(path.join(folder, 'bare'), {
      XDG_CACHE_HOME: caches,
      npm_config_cache: path.join(caches, 'npm'),
    });
    figures.push(...(await firstStart(bare, 'set-up, bare', 15)));
    const test = await bare.run('npm', ['test']);
    figures.push(time('npm test', test.ms, 20), none('npm test: failed', test.failed));
  }
  return {
    figures,
    samples: {},
    setting: `a clone of HEAD, the machine's own Node${full ? '; bare: no npm cache, no Firestore emulator built' : ''}`,
  };
});
