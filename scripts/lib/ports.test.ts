import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { demandFree, portsFrom, taken } from './ports.mjs';

describe('ports', () => {
  it('are those of docs/operating.md, and each can be moved by its variable', () => {
    expect(portsFrom({})).toMatchObject({
      hosting: 5050,
      sandbox: 4700,
      auth: 9099,
      firestore: 8080,
    });
    expect(portsFrom({ SWITCHBOARD_HOSTING_PORT: '6000' }).hosting).toBe(6000);
  });

  it('of a test run meet none of those of npm start', () => {
    const start = Object.values(portsFrom({}));
    for (const port of Object.values(portsFrom({}, 100))) expect(start).not.toContain(port);
  });

  it('that are no numbers, or asked for twice, are refused with the name of the variable', () => {
    expect(() => portsFrom({ SWITCHBOARD_AUTH_PORT: 'x' })).toThrow('SWITCHBOARD_AUTH_PORT is "x"');
    expect(() => portsFrom({ SWITCHBOARD_AUTH_PORT: '5050' })).toThrow(
      /Port 5050 is asked for twice/,
    );
  });

  it('that are taken are named together with the variable that moves them', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const ports = { ...portsFrom({}), hosting: port };
    try {
      expect(await taken({ hosting: port })).toEqual(['hosting']);
      await expect(demandFree({ hosting: ports.hosting })).rejects.toMatchObject({
        message: `Port ${port}, where the app should listen, is taken by another program.`,
        way: expect.stringContaining('SWITCHBOARD_HOSTING_PORT') as string,
      });
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
