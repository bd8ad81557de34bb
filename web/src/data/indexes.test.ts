import { describe, expect, it } from 'vitest';
import file from '../../../firestore.indexes.json';
import * as alertQueries from './alert-queries.ts';
import * as galleryQueries from './gallery-queries.ts';
import { indexFile, indexOf, QUERIES } from './indexes.ts';
import * as queries from './queries.ts';

describe('firestore.indexes.json', () => {
  it('is what the queries need (else: npm run docs)', () => {
    expect(file).toEqual(indexFile());
  });

  it('is made from every builder of queries there is', () => {
    const names = [queries, alertQueries, galleryQueries].flatMap((all) => Object.keys(all));
    const builders = names.filter((name) => /Quer(y|ies)$/.test(name));
    expect(Object.keys(QUERIES).sort()).toEqual(builders.sort());
  });

  it('has equality first and the order last', () => {
    expect(
      indexOf({
        collection: 'conversations',
        where: [
          { field: 'guests', op: 'array-contains', value: 'ana' },
          { field: 'status', op: '==', value: 'open' },
        ],
        orderBy: { field: 'waitingSince', direction: 'asc' },
        limit: 25,
      }),
    ).toEqual({
      collectionGroup: 'conversations',
      queryScope: 'COLLECTION',
      fields: [
        { fieldPath: 'guests', arrayConfig: 'CONTAINS' },
        { fieldPath: 'status', order: 'ASCENDING' },
        { fieldPath: 'waitingSince', order: 'ASCENDING' },
      ],
    });
  });

  it('asks for none where single fields do', () => {
    const where = [{ field: 'active', op: '==', value: true }] as const;
    expect(indexOf({ collection: 'conversations', where, limit: 0 })).toBeNull();
  });
});
