import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newEntryId } from '../../web/src/data/actions.ts';
import { openOffice, type Desk, type Office } from '../support/data/office.ts';

let office: Office;
let ana: Desk;
let jonas: Desk;

beforeAll(async () => {
  office = await openOffice('demo-data-actions');
  [ana, jonas] = await Promise.all([office.desk('ana'), office.desk('jonas')]);
});
afterAll(() => office.close());

const jonasHolds = { assignee: { kind: 'agent', id: 'jonas' } } as const;

describe('Take', () => {
  it('gives a free conversation to whoever asks, and puts it on the record', async () => {
    const free = await office.conversation('take-free');
    expect(await ana.act.take(free)).toEqual({ ok: true });
    expect(await office.read('conversations/take-free')).toMatchObject({
      assignee: { kind: 'agent', id: 'ana' },
      assignment: { version: 5, by: 'ana' },
    });
    expect(await office.entry('take-free', 'take-5')).toMatchObject({
      kind: 'event',
      type: 'taken',
      author: { kind: 'agent', id: 'ana' },
    });
  });

  it('lets exactly one of twelve have it, and tells the others who after one attempt each', async () => {
    const free = await office.conversation('take-race');
    const desks = await Promise.all(
      Array.from({ length: 12 }, (_, index) => office.desk(`racer${index}`)),
    );
    const attempts = desks.map(({ store }) => vi.spyOn(store, 'commit'));
    const results = await Promise.all(
      desks.map(async (desk) => ({ uid: desk.uid, result: await desk.act.take(free) })),
    );
    const winners = results.filter(({ result }) => result.ok);
    expect(winners).toHaveLength(1);
    const holder = { kind: 'agent', id: winners[0]!.uid };
    for (const { result } of results.filter(({ result }) => !result.ok))
      expect(result).toEqual({ ok: false, code: 'already-held', holder });
    for (const attempt of attempts) expect(attempt).toHaveBeenCalledTimes(1);
  });

  it('succeeds from an old row when the conversation was taken and released since', async () => {
    const seen = await office.conversation('take-stale');
    expect(await jonas.act.take(seen)).toEqual({ ok: true });
    expect(
      await jonas.act.release({ id: seen.id, assignment: { ...seen.assignment, version: 5 } }),
    ).toEqual({ ok: true });
    expect(await ana.act.take(seen)).toEqual({ ok: true });
    expect(await office.read('conversations/take-stale')).toMatchObject({
      assignee: { id: 'ana' },
      assignment: { version: 7 },
    });
  });

  it('is refused outside one’s teams, when resolved, and to somebody switched off', async () => {
    const [billing, resolved, free] = await Promise.all([
      office.conversation('take-billing', { teamId: 'billing' }),
      office.conversation('take-resolved', { status: 'resolved', active: false }),
      office.conversation('take-off'),
    ]);
    const gone = await office.desk('gone', { active: false });
    expect(await ana.act.take(billing)).toMatchObject({ ok: false, code: 'not-permitted' });
    expect(await ana.act.take(resolved)).toMatchObject({ ok: false, code: 'already-resolved' });
    expect(await gone.act.take(free)).toMatchObject({ ok: false, code: 'deactivated' });
  });
});

describe('A release', () => {
  it('is the holder’s alone', async () => {
    const held = await office.conversation('release', jonasHolds);
    expect(await ana.act.release(held)).toMatchObject({
      ok: false,
      code: 'not-holder',
      holder: jonasHolds.assignee,
    });
    expect(await jonas.act.release(held)).toEqual({ ok: true });
    expect(await office.read('conversations/release')).toMatchObject({ assignee: null });
  });
});

describe('A reply', () => {
  it('is queued once, however often it is sent with the same id', async () => {
    const held = await office.conversation('reply', jonasHolds);
    const input = { id: newEntryId(), text: 'On our way', contextEntryId: 'earlier' };
    expect(await jonas.act.reply(held, input)).toEqual({ ok: true });
    expect(await jonas.act.reply(held, { ...input, text: 'Changed' })).toEqual({ ok: true });
    expect(await office.entry('reply', input.id)).toMatchObject({
      kind: 'outbound',
      state: 'queued',
      fence: 4,
      text: 'On our way',
      context: { entryId: 'earlier' },
    });
  });

  it('says why it is refused: not the holder, window closed, written under an old fence', async () => {
    const [held, closed] = await Promise.all([
      office.conversation('reply-refused', jonasHolds),
      office.conversation('reply-closed', { ...jonasHolds, windowExpiresAt: Date.now() - 1 }),
    ]);
    const input = () => ({ id: newEntryId(), text: 'Hello' });
    expect(await ana.act.reply(held, input())).toMatchObject({ ok: false, code: 'not-holder' });
    expect(await jonas.act.reply(closed, input())).toMatchObject({
      ok: false,
      code: 'window-closed',
    });
    const old = { ...held, assignment: { ...held.assignment, version: 3 } };
    expect(await jonas.act.reply(old, input())).toMatchObject({ ok: false, code: 'stale' });
  });
});

describe('A note', () => {
  it('is any reader’s, and nobody else’s', async () => {
    const held = await office.conversation('note', jonasHolds);
    const billing = await office.desk('priya', { teams: ['billing'] });
    const input = { id: newEntryId(), text: 'Called twice' };
    expect(await ana.act.note(held, input)).toEqual({ ok: true });
    expect(await billing.act.note(held, { ...input, id: newEntryId() })).toMatchObject({
      ok: false,
      code: 'not-permitted',
    });
    expect(await office.entry('note', input.id)).toMatchObject({
      kind: 'note',
      text: 'Called twice',
    });
  });
});

describe('The read marker', () => {
  it('is moved by the holder, and by any reader while there is none', async () => {
    const held = await office.conversation('read-held', { ...jonasHolds, inboundCount: 3 });
    const free = await office.conversation('read-free', { inboundCount: 2 });
    expect(await ana.act.markRead(held)).toMatchObject({ ok: false, code: 'not-permitted' });
    expect(await jonas.act.markRead(held)).toEqual({ ok: true });
    expect(await ana.act.markRead(free)).toEqual({ ok: true });
    expect(await office.read('conversations/read-held')).toMatchObject({ readCount: 3 });
    expect(await office.read('conversations/read-free')).toMatchObject({ readCount: 2 });
  });
});
