import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dispatch, type Query } from '@switchboard/functions/testing';
import { aGraph } from '../support/graph.ts';
import { aStatus, aThread, queueReply, statuses, takeAs } from '../support/thread.ts';
import { aWorld } from '../support/world.ts';

/*
 * No emulator asks for an index, so a missing one would be found in production only. Here every query
 * that the functions send is held against firestore.indexes.json.
 */
interface Field {
  readonly fieldPath: string;
  readonly order?: string;
}
interface IndexFile {
  readonly indexes: readonly {
    readonly collectionGroup: string;
    readonly queryScope: string;
    readonly fields: readonly Field[];
  }[];
  readonly fieldOverrides: readonly {
    readonly collectionGroup: string;
    readonly fieldPath: string;
    readonly indexes: readonly { readonly queryScope: string }[];
  }[];
}

const FILE = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../firestore.indexes.json'), 'utf8'),
) as IndexFile;

const scopeOf = (query: Query) => (query.everywhere ? 'COLLECTION_GROUP' : 'COLLECTION');
const groupOf = (query: Query) => query.collection.split('/').at(-1) ?? '';
const isEquality = ([, op]: Query['where'][number]) => op === '==' || op === 'in';

/** The composite index that a query needs: equalities, then what it is ordered and ranged by. `null` for none. */
function neededBy(query: Query): readonly string[] | null {
  const equal = query.where.filter(isEquality).map(([field]) => field);
  const ordered = (query.orderBy ?? []).map(([field, order]) => `${field} ${order}`);
  return equal.length > 0 && ordered.length > 0 ? [...equal.sort(), ...ordered] : null;
}

function hasIndex(query: Query): boolean {
  const needed = neededBy(query);
  if (needed === null) return hasFieldIndexes(query);
  const equal = query.where.filter(isEquality).length;
  return FILE.indexes.some(({ collectionGroup, queryScope, fields }) => {
    const names = fields.map(({ fieldPath, order }, place) =>
      place < equal ? fieldPath : `${fieldPath} ${order === 'ASCENDING' ? 'asc' : 'desc'}`,
    );
    const offered = [...names.slice(0, equal).sort(), ...names.slice(equal)];
    return (
      collectionGroup === groupOf(query) &&
      queryScope === scopeOf(query) &&
      JSON.stringify(offered) === JSON.stringify(needed)
    );
  });
}

/** Every field has an index of its own for one collection, unless it is taken away; none over collections of a name. */
function hasFieldIndexes(query: Query): boolean {
  return query.where.every(([field]) => {
    const override = FILE.fieldOverrides.find(
      (one) => one.collectionGroup === groupOf(query) && one.fieldPath === field,
    );
    return override
      ? override.indexes.some(({ queryScope }) => queryScope === scopeOf(query))
      : !query.everywhere;
  });
}

/** Everything that the functions ask, over a story in which each of their paths is walked. */
async function everyQuery(): Promise<readonly Query[]> {
  const asked = new Map<string, Query>();
  const { graph } = aGraph();
  const world = await aWorld({ graph }, (store) => {
    const note = (query: Query) => {
      const shape = { ...query, where: query.where.map(([field, op]) => [field, op]) };
      asked.set(JSON.stringify({ ...shape, collection: groupOf(query) }), query);
    };
    return {
      ...store,
      query: (query) => (note(query), store.query(query)),
      guarded: (attempt) =>
        store.guarded((gather, tries) =>
          attempt({ ...gather, query: (query) => (note(query), gather.query(query)) }, tries),
        ),
    };
  });
  await world.addChannel('100000000000002', { appId: 'other' });
  const id = await aThread(world);
  await queueReply(world, id, 'r1', await takeAs(world, id));
  await dispatch(world.ports, id);
  await world.drain('nothing');
  await aThread(world);
  await world.post(statuses(aStatus('failed', { id: 'wamid.SENT1' })));
  await world.sweep();
  return [...asked.values()];
}

describe('the queries of the functions', () => {
  it('have their indexes, every one', async () => {
    const queries = await everyQuery();
    expect(queries.length).toBeGreaterThanOrEqual(12);
    const missing = queries
      .filter((query) => !hasIndex(query))
      .map((query) => [groupOf(query), scopeOf(query), neededBy(query) ?? query.where]);
    expect(missing).toEqual([]);
  });
});
