import { create, merge, update } from '@switchboard/domain';
import { describe, expect, it } from 'vitest';
import { memoryStore } from './memory-store.ts';

describe('the store in memory', () => {
  it('applies what a change decided, each write by its kind', async () => {
    const store = memoryStore();
    store.apply([create('a/1', { x: 1, y: 1 }), create('a/3', { x: 3 })]);
    const value = await store.guarded(async ({ read }) => {
      const [found] = await read(['a/1']);
      return {
        writes: [update('a/1', { x: 5 }), create('a/2', { z: 1 }), merge('a/3', { y: 3 })],
        value: found?.data?.['x'],
      };
    });
    expect(value).toBe(1);
    expect([...store.documents().values()]).toEqual([{ x: 5, y: 1 }, { x: 3, y: 3 }, { z: 1 }]);
  });

  it('creates all or nothing, and throws where a guard could not have held', async () => {
    const store = memoryStore();
    store.apply([create('a/1', { x: 1 })]);
    const document = (path: string) => ({ path, data: {} });
    expect(await store.create([document('a/1'), document('a/2')])).toBe(false);
    expect(await store.present(['a/1', 'a/2'])).toEqual(new Set(['a/1']));
    expect(() => store.apply([create('a/1', {})])).toThrow('a/1');
    expect(() => store.apply([update('a/2', {})])).toThrow('a/2');
  });

  it('tries a change again that a rival was faster than', async () => {
    const store = memoryStore();
    store.apply([create('a/1', { x: 1 })]);
    const tries = await store.guarded(async ({ read }, tries) => {
      const [found] = await read(['a/1']);
      if (tries === 0) store.apply([update('a/1', { x: 5 })]);
      return { writes: [update('a/1', { x: Number(found?.data?.['x']) + 1 })], value: tries };
    });
    expect([tries, store.documents().get('a/1')]).toEqual([1, { x: 6 }]);
  });

  it('holds a change to what it first saw, whatever it reads after that', async () => {
    const store = memoryStore();
    store.apply([create('a/1', { x: 1 })]);
    await store.guarded(async ({ read, query }, tries) => {
      const [found] = await read(['a/1']);
      if (tries === 0) store.apply([update('a/1', { x: 5 })]);
      await query({ collection: 'a', where: [], limit: 9 });
      return { writes: [update('a/1', { x: Number(found?.data?.['x']) + 1 })], value: null };
    });
    expect(store.documents().get('a/1')).toEqual({ x: 6 });
  });

  it('queries one collection or all of a name, in order, up to the limit', async () => {
    const store = memoryStore();
    const at = (path: string, time: number, kind = 'x') => create(path, { kind, at: time });
    store.apply([at('c/1/t/a', 3), at('c/1/t/b', 1), at('c/2/t/c', 2), at('c/1/t/d', 4, 'y')]);
    const paths = async (collection: string, everywhere: boolean, limit = 9) =>
      (
        await store.query({
          collection,
          everywhere,
          where: [['kind', 'in', ['x']]],
          orderBy: [['at', 'desc']],
          limit,
        })
      ).map(({ path }) => path);
    expect(await paths('c/1/t', false)).toEqual(['c/1/t/a', 'c/1/t/b']);
    expect(await paths('t', true, 2)).toEqual(['c/1/t/a', 'c/2/t/c']);
    const after = [['at', '>', 2] as const];
    expect(await store.query({ collection: 'c/1/t', where: after, limit: 9 })).toHaveLength(2);
  });
});
