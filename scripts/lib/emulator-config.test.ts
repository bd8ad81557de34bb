import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { emulatorConfig } from './emulator-config.mjs';
import { portsFrom } from './ports.mjs';

interface Config {
  functions: { source: string }[];
  hosting: {
    public: string;
    rewrites: { source: string }[];
    headers: { source: string; headers: { key: string; value: string }[] }[];
  };
  emulators: Record<string, { host: string; port: number }>;
}

const production = JSON.parse(await readFile('firebase.json', 'utf8')) as Config;
const ports = portsFrom({}, 100);
const emulated: Config = emulatorConfig(production, {
  ports,
  web: 'web/dist-emulators',
  functions: '.cache/start/functions',
});

const policyOf = (config: Config) =>
  config.hosting.headers
    .flatMap(({ headers }) => headers)
    .find(({ key }) => key === 'Content-Security-Policy')?.value ?? '';

describe('the configuration of the emulators', () => {
  it('serves what the run built and nothing of the deployed folders', () => {
    expect(emulated.hosting.public).toBe('web/dist-emulators');
    expect(emulated.functions.map(({ source }) => source)).toEqual(['.cache/start/functions']);
    expect(emulated.hosting.rewrites).toEqual(production.hosting.rewrites);
  });

  it('listens on this machine only, on the ports of the run', () => {
    expect(emulated.emulators.hosting).toEqual({ host: '127.0.0.1', port: 5150 });
    for (const [name, { host, port }] of Object.entries(emulated.emulators)) {
      if (port !== undefined) expect({ name, host }).toEqual({ name, host: '127.0.0.1' });
    }
  });

  it('adds the emulators to connect-src and changes no other directive', () => {
    const directives = (policy: string) =>
      policy.split('; ').filter((each) => !each.startsWith('connect-src'));
    expect(policyOf(emulated)).toContain(
      'http://127.0.0.1:9199 http://127.0.0.1:8180 http://127.0.0.1:5101;',
    );
    expect(directives(policyOf(emulated))).toEqual(directives(policyOf(production)));
  });
});

describe('firebase.json', () => {
  it('lets the decoder of voice notes alone compile WebAssembly, and ask for nothing', () => {
    const allowing = production.hosting.headers.filter(({ headers }) =>
      headers.some(({ value }) => value.includes('wasm')),
    );
    expect(allowing).toEqual([
      {
        source: '/assets/opus-worker-*.js',
        headers: [
          {
            key: 'Content-Security-Policy',
            value: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'",
          },
        ],
      },
    ]);
    // Of several headers of a name the last one holds.
    expect(production.hosting.headers.at(-1)).toBe(allowing[0]);
  });

  it('names no address of this machine to a browser, and allows no inline script or style', () => {
    expect(policyOf(production)).not.toMatch(/127\.0\.0\.1|localhost|unsafe/);
  });

  it('has the default ports of the launcher', () => {
    const defaults = portsFrom({});
    for (const [name, { port }] of Object.entries(production.emulators)) {
      if (port !== undefined)
        expect({ name, port }).toEqual({ name, port: defaults[name as keyof typeof defaults] });
    }
  });
});
