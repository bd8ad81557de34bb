import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from './paths.mjs';
import { portsFrom } from './ports.mjs';
import { settingsFor, writeSettings } from './settings.mjs';

const ports = portsFrom({});
let folder: string;
let secretsFile: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'switchboard-settings-'));
  secretsFile = path.join(folder, 'state', 'secrets.json');
});
afterEach(() => rm(folder, { recursive: true }));

const mode = async (file: string) => ((await stat(file)).mode & 0o777).toString(8);

describe('settings of the local functions', () => {
  it('are those of the sandbox where .env says nothing', () => {
    expect(settingsFor(portsFrom({ SWITCHBOARD_SANDBOX_PORT: '4999' }))).toMatchObject({
      WHATSAPP_APP_SECRET: 'demo-app-secret',
      WHATSAPP_GRAPH_URL: 'http://127.0.0.1:4999',
    });
  });

  it('ask for the version of the Graph API that the functions ask for', async () => {
    const source = await readFile(path.join(ROOT, 'functions/src/platform/environment.ts'), 'utf8');
    expect(source).toContain(`'${settingsFor(ports).WHATSAPP_GRAPH_VERSION}'`);
  });

  it('take what .env says and leave out what is no setting of ours', () => {
    const settings = settingsFor(ports, { file: { WHATSAPP_APP_SECRET: 'mine', PATH: '/x' } });
    expect(settings).toMatchObject({
      WHATSAPP_APP_SECRET: 'mine',
      WHATSAPP_VERIFY_TOKEN: 'demo-verify-token',
    });
    expect(settings).not.toHaveProperty('PATH');
  });

  it('are the same where .env.example is copied as it is, also when ports are moved', async () => {
    const example = await readFile(path.join(ROOT, '.env.example'), 'utf8');
    const file = parseEnv(example) as Record<string, string>;
    const moved = portsFrom({ ...file, SWITCHBOARD_SANDBOX_PORT: '4999' });
    expect(settingsFor(moved, { file })).toEqual(settingsFor(moved));
    const whole = parseEnv(example.replaceAll(/^# (?=[A-Z_]+=)/gm, '')) as Record<string, string>;
    expect(portsFrom(whole)).toEqual(ports);
    expect(settingsFor(ports, { file: whole })).toMatchObject({
      WHATSAPP_GRAPH_URL: settingsFor(ports).WHATSAPP_GRAPH_URL,
    });
  });

  it('are written so that only this person reads them, secrets apart from parameters', async () => {
    await writeSettings(folder, settingsFor(ports, { secretsFile }));
    const secrets = await readFile(path.join(folder, '.secret.local'), 'utf8');
    const parameters = await readFile(path.join(folder, '.env.local'), 'utf8');
    expect(secrets).toContain('WHATSAPP_APP_SECRET="demo-app-secret"');
    expect(parameters).not.toMatch(/SECRET=|TOKEN=/);
    expect(await mode(path.join(folder, '.secret.local'))).toBe('600');
    expect(await mode(secretsFile)).toBe('600');
  });

  it('keep the secrets that are in the local SecretStore', async () => {
    const settings = settingsFor(ports, { secretsFile });
    await writeSettings(folder, settings);
    const { writeFile } = await import('node:fs/promises');
    await writeFile(secretsFile, '{"a":"b"}');
    await writeSettings(folder, settings);
    expect(await readFile(secretsFile, 'utf8')).toBe('{"a":"b"}');
  });

  it('refuse a SecretStore inside the repository', async () => {
    const settings = settingsFor(ports, { secretsFile: path.join(ROOT, 'secrets.json') });
    await expect(writeSettings(folder, settings)).rejects.toThrow('lies inside the repository');
  });
});
