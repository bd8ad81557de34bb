import {
  channelPath,
  channelSchema,
  COLLECTIONS,
  decideGone,
  decideTemplates,
  idOf,
  readTemplate,
  syncDue,
  syncedAt,
  templatePath,
  templateSchema,
  update,
  type Channel,
  type NumberFacts,
  type SyncedTemplate,
  type Template,
} from '@switchboard/domain';
import { readable } from '../platform/parsed.ts';
import type { Ports } from '../ports.ts';

/** Pages of templates asked for in one sync: an account has 6,000 at most. */
const PAGES = 60;
/** Templates of one commit. */
const AT_ONCE = 100;
/** Numbers of a workspace. */
const NUMBERS = 500;
/** Templates of an account that are looked at for what is gone. */
const KNOWN = 6_500;

/**
 * Brings what Meta says of the templates and numbers of every account whose time has come; each account
 * once, by one of its numbers.
 */
export async function sweepTemplates(ports: Ports): Promise<void> {
  const found = await ports.store.query({
    collection: COLLECTIONS.channels,
    where: [],
    limit: NUMBERS,
  });
  const now = ports.clock.now();
  const due = found.flatMap((one) => {
    const channel = readable(one, channelSchema);
    return channel !== null && channel.wabaId !== '' && syncDue(channel.templatesAt, now)
      ? [{ id: idOf(one.path), channel }]
      : [];
  });
  for (const wabaId of new Set(due.map(({ channel }) => channel.wabaId)))
    await syncAccount(
      ports,
      wabaId,
      due.filter(({ channel }) => channel.wabaId === wabaId).map(({ id }) => id),
    );
}

/**
 * Brings the templates of one account, asked by the first of its numbers, and notes when on all of them.
 * Where Meta tells of a change meanwhile they stay due: what was just brought may lack it. Answers
 * whether all came.
 */
export async function syncAccount(
  ports: Ports,
  wabaId: Channel['wabaId'],
  channelIds: readonly string[],
): Promise<boolean> {
  const begun = { templatesAt: syncedAt(false, ports.clock.now()) };
  await note(ports, channelIds, () => begun);
  const rows = await askAll(ports, wabaId, channelIds[0] ?? '');
  for (let from = 0; from < (rows ?? []).length; from += AT_ONCE)
    await store(ports, (rows ?? []).slice(from, from + AT_ONCE));
  if (rows !== null) await markGone(ports, wabaId, new Set(rows.map(({ id }) => id)));
  const at = syncedAt(rows !== null, ports.clock.now());
  const facts = await askNumbers(ports, channelIds);
  await note(ports, channelIds, ({ templatesAt }, id) => ({
    ...facts.get(id),
    templatesAt: templatesAt === null ? null : at,
  }));
  ports.log.info('templates.synced', { wabaId, templates: rows?.length ?? null });
  return rows !== null;
}

/** Every template of the account; `null` where Meta did not give all. */
async function askAll(
  ports: Ports,
  wabaId: string,
  channelId: string,
): Promise<readonly SyncedTemplate[] | null> {
  const rows: SyncedTemplate[] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES; page += 1) {
    const answer = await ports.graph.templates(channelId, wabaId, after);
    if (answer === null) return null;
    const now = ports.clock.now();
    rows.push(...answer.rows.flatMap((row) => readTemplate(row, wabaId, now) ?? []));
    after = answer.after;
    if (after === null) return rows;
  }
  return null;
}

const store = (ports: Ports, rows: readonly SyncedTemplate[]): Promise<void> =>
  ports.store.guarded(async (gather) => {
    const found = await gather.read(rows.map(({ id }) => templatePath(id)));
    const known = new Map<string, Template>();
    for (const one of found) {
      const template = readable(one, templateSchema);
      if (template !== null) known.set(idOf(one.path), template);
    }
    return { writes: decideTemplates(rows, known), value: undefined };
  });

async function markGone(ports: Ports, wabaId: string, there: ReadonlySet<string>): Promise<void> {
  const found = await ports.store.query({
    collection: COLLECTIONS.templates,
    where: [['wabaId', '==', wabaId]],
    limit: KNOWN,
  });
  for (const { path } of found.filter((one) => !there.has(idOf(one.path))))
    await ports.store.guarded(async ({ read }) => {
      const [one] = await read([path]);
      const template = one ? readable(one, templateSchema) : null;
      const writes = template === null ? [] : decideGone(idOf(path), template, ports.clock.now());
      return { writes, value: undefined };
    });
}

/** What Meta says of the numbers that it answered about. */
async function askNumbers(
  { graph }: Ports,
  channelIds: readonly string[],
): Promise<ReadonlyMap<string, NumberFacts>> {
  const known = new Map<string, NumberFacts>();
  for (const id of channelIds) {
    const facts = await graph.number(id);
    if (facts !== null) known.set(id, facts);
  }
  return known;
}

/** Notes something on each number, by what it is now. */
const note = (
  ports: Ports,
  channelIds: readonly string[],
  what: (channel: Channel, id: string) => Partial<Channel>,
): Promise<void> =>
  ports.store.guarded(async ({ read }) => {
    const writes = (await read(channelIds.map(channelPath))).flatMap((one) => {
      const channel = readable(one, channelSchema);
      return channel === null ? [] : [update(one.path, what(channel, idOf(one.path)))];
    });
    return { writes, value: undefined };
  });
