import { agentPath, channelPath, templatePath, type Json } from '@switchboard/domain';
import { anAgent } from '@switchboard/domain/testing';
import { channel, sweep, type Graph } from '@switchboard/functions/testing';
import { describe, expect, it } from 'vitest';
import { aClock } from '../support/clock.ts';
import { aWorld, NUMBER, type World } from '../support/world.ts';

const ACCOUNT = '200000000000001';
const HOUR = 60 * 60 * 1000;

/** A template as Meta lists it. */
const row = (status = 'APPROVED'): Json => ({
  id: '7',
  name: 'order_ready',
  language: 'en',
  status,
  category: 'UTILITY',
  components: [{ type: 'BODY', text: 'Your order is ready' }],
});

/** Meta with one template, asked any number of times; `meanwhile` happens before an answer. */
async function aListedWorld(graph: Partial<Graph> = {}) {
  const { clock, move } = aClock();
  let asked = 0;
  let status = 'APPROVED';
  let meanwhile: () => Promise<unknown> = () => Promise.resolve();
  const world = await aWorld({
    clock,
    graph: {
      async templates() {
        asked += 1;
        const rows = [row(status)];
        await meanwhile();
        return { rows, after: null };
      },
      ...graph,
    },
  });
  return {
    world,
    pass: async (ms = 60_000) => {
      move(ms);
      await sweep(world.ports);
    },
    asked: () => asked,
    becomes: (next: string) => void (status = next),
    during: (act: () => Promise<unknown>) => void (meanwhile = act),
  };
}

/** News of the account, as Meta sends it. */
const tell = (world: World, field: string, value: object) =>
  world.post({
    object: 'whatsapp_business_account',
    entry: [{ id: ACCOUNT, time: Math.floor(Date.now() / 1000), changes: [{ field, value }] }],
  });
const ofTemplate = { message_template_id: 7, message_template_name: 'order_ready' };
const statusOf = async (world: World) => (await world.get(templatePath('7')))?.['status'];
const templatesAt = async (world: World) => (await world.get(channelPath(NUMBER)))?.['templatesAt'];

describe('templates', () => {
  it('are asked of Meta by a sweep, and then not for hours', async () => {
    const { world, pass, asked } = await aListedWorld();
    await pass();
    await pass();
    expect(await statusOf(world)).toBe('APPROVED');
    expect(asked()).toBe(1);
    await pass(6 * HOUR);
    expect(asked()).toBe(2);
  });

  it.each([
    ['message_template_status_update', { event: 'PAUSED' }],
    // Nothing to do for anybody, and yet not as it was.
    ['message_template_status_update', { event: 'ARCHIVED' }],
    ['message_template_quality_update', { new_quality_score: 'RED' }],
  ])('are asked for by the next sweep where %s tells of a change', async (field, value) => {
    const { world, pass, asked, becomes } = await aListedWorld();
    await pass();
    becomes('PAUSED');
    await tell(world, field, { ...ofTemplate, ...value });
    await pass();
    expect(asked()).toBe(2);
    expect(await statusOf(world)).toBe('PAUSED');
  });

  it('are left alone by news of something else', async () => {
    const { world, pass, asked } = await aListedWorld();
    await pass();
    await tell(world, 'account_update', { event: 'VERIFIED_ACCOUNT' });
    await pass();
    expect(asked()).toBe(1);
  });

  it('that change while they are being brought are asked for once more', async () => {
    const { world, pass, asked, becomes, during } = await aListedWorld();
    during(() => tell(world, 'message_template_status_update', { ...ofTemplate, event: 'PAUSED' }));
    await pass();
    expect(await templatesAt(world)).toBeNull();
    during(() => Promise.resolve());
    becomes('PAUSED');
    await pass();
    expect(asked()).toBe(2);
    expect(await statusOf(world)).toBe('PAUSED');
  });

  it('that Meta does not give are tried again some minutes later, not at once', async () => {
    let asked = 0;
    const templates = () => Promise.resolve(void (asked += 1)).then(() => null);
    const { pass } = await aListedWorld({ templates });
    await pass();
    await pass();
    expect(asked).toBe(1);
    await pass(10 * 60_000);
    expect(asked).toBe(2);
  });
});

describe('what Meta says of a number', () => {
  it('comes with its templates, at once where an admin asks', async () => {
    const number = () => Promise.resolve({ quality: 'YELLOW', messagingLimit: 2_000 });
    const { world } = await aListedWorld({ number });
    await world.db.doc(agentPath('ravi')).set({ ...anAgent({ role: 'admin', teams: [] }) });
    const ravi = { uid: 'ravi', token: { r: 'admin', t: [], all: true } };
    const sync = { type: 'syncTemplates', channelId: NUMBER };
    expect(await channel(world.ports, ravi, sync)).toEqual({ code: 'ok' });
    expect(await world.get(channelPath(NUMBER))).toMatchObject({
      quality: 'YELLOW',
      messagingLimit: 2_000,
    });
  });

  it('stays as it was where Meta does not answer', async () => {
    const { world, pass } = await aListedWorld();
    await world.addChannel(NUMBER, { quality: 'GREEN', messagingLimit: 250 });
    await pass();
    expect(await world.get(channelPath(NUMBER))).toMatchObject({
      quality: 'GREEN',
      messagingLimit: 250,
    });
  });
});
