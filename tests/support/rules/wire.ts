import type { QuerySpec, Where } from '../../../web/src/data/queries.ts';
import type { Actor } from './actors.ts';
import {
  SERVER_TIME,
  type Asker,
  type Fields,
  type Seed,
  type Value,
  type Write,
} from './requests.ts';

/**
 * Speaks to the emulator over its REST interface: one small HTTP request each, which makes the
 * thousands of requests of a mutation run a matter of seconds. `sdk.ts` sends the same requests the
 * way the app does.
 */

/** host:port of the emulator, as the Firebase SDKs read it. */
export function emulatorHost(): string {
  const host = process.env['FIRESTORE_EMULATOR_HOST'];
  if (!host) {
    throw new Error(
      'No Firestore emulator: FIRESTORE_EMULATOR_HOST is not set. Run these through `npm test`.',
    );
  }
  return host;
}

const OWNER = 'owner';
/** The emulator answers this; other statuses of a denial would be a bug of the harness. */
const DENIED = 'PERMISSION_DENIED';

const documentsOf = (project: string): string =>
  `projects/${project}/databases/(default)/documents`;

async function call(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  token: string | null,
  body?: unknown,
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`http://${emulatorHost()}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

async function demand(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  token: string | null,
  body?: unknown,
): Promise<string> {
  const { status, text } = await call(method, path, token, body);
  if (status === 200) return text;
  throw new Error(`${method} ${path} answered ${status}: ${text.slice(0, 500)}`);
}

/** Puts rules into force for a project. Its coverage counts from here. Throws where they don't compile. */
export const loadRules = async (project: string, source: string): Promise<void> => {
  await demand('PUT', `/emulator/v1/projects/${project}:securityRules`, null, {
    rules: { files: [{ name: 'firestore.rules', content: source }] },
  });
};

/** What the rules' expressions were seen to be since they were loaded. */
export const ruleCoverage = async (project: string): Promise<unknown> =>
  JSON.parse(await demand('GET', `/emulator/v1/projects/${project}:ruleCoverage`, null));

/** Empties a project's database. */
export const clear = async (project: string): Promise<void> => {
  await demand('DELETE', `/emulator/v1/${documentsOf(project)}`, OWNER);
};

const COMMIT_SIZE = 400;

/** Writes documents past the rules. */
export async function plant(project: string, seeds: readonly Seed[]): Promise<void> {
  for (let from = 0; from < seeds.length; from += COMMIT_SIZE) {
    const writes = seeds
      .slice(from, from + COMMIT_SIZE)
      .map(({ path, data }) => toWrite(project, { kind: 'set', path, data }));
    await demand('POST', `/v1/${documentsOf(project)}:commit`, OWNER, { writes });
  }
}

/** An unsigned token, as the emulator takes it from the SDKs. */
export function tokenOf(project: string, actor: Actor): string | null {
  if (actor.uid === null) return null;
  const now = Math.floor(Date.now() / 1000);
  const payload = {
    iss: `https://securetoken.google.com/${project}`,
    aud: project,
    iat: now,
    exp: now + 3600,
    auth_time: now,
    sub: actor.uid,
    user_id: actor.uid,
    firebase: { sign_in_provider: 'custom', identities: {} },
    ...actor.claims,
  };
  return [{ alg: 'none', typ: 'JWT' }, payload, '']
    .map((part) => (part === '' ? '' : Buffer.from(JSON.stringify(part)).toString('base64url')))
    .join('.');
}

/** An {@link Asker} over REST. */
export function wireAsker(project: string): Asker {
  const tokens = new Map<Actor, string | null>();
  const token = (actor: Actor): string | null => {
    const known = tokens.get(actor);
    if (known !== undefined) return known;
    const made = tokenOf(project, actor);
    tokens.set(actor, made);
    return made;
  };
  const root = `/v1/${documentsOf(project)}`;
  return {
    async ask(actor, request) {
      const answer = await (() => {
        switch (request.kind) {
          case 'get':
            return call('GET', `${root}/${encodePath(request.path)}`, token(actor));
          case 'commit':
            return call('POST', `${root}:commit`, token(actor), {
              writes: request.writes.map((write) => toWrite(project, write)),
            });
          case 'list':
          case 'group':
            return call('POST', `${queryUrl(root, request.query)}:runQuery`, token(actor), {
              structuredQuery: toQuery(request.query, request.kind === 'group'),
            });
          case 'count':
            return call(
              'POST',
              `${queryUrl(root, request.query)}:runAggregationQuery`,
              token(actor),
              {
                structuredAggregationQuery: {
                  structuredQuery: toQuery(request.query, false),
                  aggregations: [{ alias: 'count', count: {} }],
                },
              },
            );
        }
      })();
      if (answer.status === 200) return 'allowed';
      // A document that the rules let one read, and that is not there.
      if (request.kind === 'get' && answer.status === 404) return 'allowed';
      if (answer.text.includes(`"${DENIED}"`)) return 'permission-denied';
      throw new Error(`${answer.status}: ${answer.text.slice(0, 500)}`);
    },
  };
}

const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

const parentOf = (collection: string): string => collection.split('/').slice(0, -1).join('/');

const queryUrl = (root: string, { collection }: QuerySpec): string => {
  const parent = parentOf(collection);
  return parent ? `${root}/${encodePath(parent)}` : root;
};

const OPERATORS: Readonly<Record<Where['op'], string>> = {
  '==': 'EQUAL',
  in: 'IN',
  'array-contains': 'ARRAY_CONTAINS',
};

function toQuery(query: QuerySpec, allDescendants: boolean): unknown {
  const filters = query.where.map(({ field, op, value }) =>
    value === null
      ? { unaryFilter: { op: 'IS_NULL', field: { fieldPath: field } } }
      : { fieldFilter: { field: { fieldPath: field }, op: OPERATORS[op], value: toValue(value) } },
  );
  return {
    from: [{ collectionId: query.collection.split('/').at(-1), allDescendants }],
    ...(filters.length > 0 ? { where: { compositeFilter: { op: 'AND', filters } } } : {}),
    ...(query.orderBy
      ? {
          orderBy: [
            {
              field: { fieldPath: query.orderBy.field },
              direction: query.orderBy.direction === 'asc' ? 'ASCENDING' : 'DESCENDING',
            },
          ],
        }
      : {}),
    ...(query.limit > 0 ? { limit: query.limit } : {}),
  };
}

function toWrite(project: string, write: Write): unknown {
  const name = `${documentsOf(project)}/${write.path}`;
  if (write.kind === 'delete') return { delete: name };
  const updateTransforms = transformsOf(write.data).map((fieldPath) => ({
    fieldPath,
    setToServerValue: 'REQUEST_TIME',
  }));
  return {
    update: { name, fields: toFields(write.kind === 'update' ? nested(write.data) : write.data) },
    ...(updateTransforms.length > 0 ? { updateTransforms } : {}),
    ...(write.kind === 'update'
      ? {
          updateMask: {
            fieldPaths: Object.entries(write.data)
              .filter(([, value]) => value !== SERVER_TIME)
              .map(([field]) => field),
          },
          currentDocument: { exists: true },
        }
      : {}),
  };
}

/** Dotted names as maps inside maps. */
function nested(data: Fields): Fields {
  const out: Record<string, Value> = {};
  for (const [field, value] of Object.entries(data)) {
    const [first = '', ...rest] = field.split('.');
    out[first] = rest.length === 0 ? value : { ...(out[first] as Fields), [rest.join('.')]: value };
  }
  return out;
}

/** Paths of the fields that the server sets to its own time. */
function transformsOf(data: Fields, prefix = ''): string[] {
  return Object.entries(data).flatMap(([field, value]) => {
    if (value === SERVER_TIME) return [prefix + field];
    return isMap(value) ? transformsOf(value, `${prefix}${field}.`) : [];
  });
}

const isMap = (value: Value): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

const toFields = (data: Fields): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(data)
      .filter(([, value]) => value !== SERVER_TIME)
      .map(([field, value]) => [field, toValue(value)]),
  );

function toValue(value: Value): unknown {
  if (value === null) return { nullValue: null };
  if (typeof value === 'boolean') return { booleanValue: value };
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'number') {
    return Number.isInteger(value) ? { integerValue: String(value) } : { doubleValue: value };
  }
  if (value instanceof Date) return { timestampValue: value.toISOString() };
  if (Array.isArray(value)) return { arrayValue: { values: value.map(toValue) } };
  return { mapValue: { fields: toFields(value as Fields) } };
}
