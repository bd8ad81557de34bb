import { create, update } from '@switchboard/domain';
import { describe, expect, it } from 'vitest';
import { aWorld, type World } from '../support/world.ts';

/*
 * The contract of `Store.guarded`, as `memory-store.test.ts` has it too: what is proven over documents in
 * memory holds over Firestore as far as both keep it.
 */
const PATH = 'settings/tried';

async function aDocument(world: World, x: number): Promise<void> {
  await world.db.doc(PATH).set({ x });
}

const valueIn = async (world: World): Promise<unknown> => (await world.get(PATH))?.['x'];

describe('a guarded change', () => {
  it('is tried again where a rival was faster', async () => {
    const world = await aWorld();
    await aDocument(world, 1);
    const tries = await world.ports.store.guarded(async ({ read }, tries) => {
      const [found] = await read([PATH]);
      if (tries === 0) await aDocument(world, 5);
      return { writes: [update(PATH, { x: Number(found?.data?.['x']) + 1 })], value: tries };
    });
    expect([tries, await valueIn(world)]).toEqual([1, 6]);
  });

  it('is held to what it first saw, whatever it reads after that', async () => {
    const world = await aWorld();
    await aDocument(world, 1);
    await world.ports.store.guarded(async ({ read, query }, tries) => {
      const [found] = await read([PATH]);
      if (tries === 0) await aDocument(world, 5);
      await query({ collection: 'settings', where: [], limit: 9 });
      return { writes: [update(PATH, { x: Number(found?.data?.['x']) + 1 })], value: null };
    });
    expect(await valueIn(world)).toBe(6);
  });

  it('is decided anew where what it found missing has come meanwhile', async () => {
    const world = await aWorld();
    await world.ports.store.guarded(async ({ read }, tries) => {
      const [before] = await read([PATH]);
      if (tries === 0) await aDocument(world, 5);
      const [after] = await read([PATH]);
      const x = Number(before?.data?.['x'] ?? 0) + 1;
      return { writes: [after?.data ? update(PATH, { x }) : create(PATH, { x })], value: null };
    });
    expect(await valueIn(world)).toBe(6);
  });
});
