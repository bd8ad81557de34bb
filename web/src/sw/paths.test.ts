import { describe, expect, it } from 'vitest';
import { NOT_OF_THE_APP } from './paths.ts';

const leftAlone = (path: string): boolean => NOT_OF_THE_APP.some((pattern) => pattern.test(path));

describe('The worker', () => {
  it.each([
    '/media/c1/a?until=1',
    '/upload/c1?part=0',
    '/api/media',
    '/whatsapp/webhook',
    '/__/auth/handler',
  ])('leaves %s to the network', (path) => expect(leftAlone(path)).toBe(true));

  it.each(['/', '/inbox/mine', '/inbox/mine/media', '/mediation'])(
    'answers %s with the app',
    (path) => expect(leftAlone(path)).toBe(false),
  );
});
