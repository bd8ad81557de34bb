import { aConversation, NOW } from '@switchboard/domain/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ConversationRow } from '../../data/conversations.ts';
import { chooseLanguage, useI18n } from '../../i18n/index.ts';
import { durationWords, rowView, type Eyes } from './row-view.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const { t } = useI18n();
beforeAll(() => chooseLanguage('en'));

const eyes = (over: Partial<Eyes> = {}): Eyes => ({
  t,
  me: 'jonas',
  nameOf: (uid) => ({ ana: 'Ana Ruiz', jonas: 'Jonas Weber' })[uid],
  now: NOW,
  reading: { locale: 'en', timeZone: 'UTC' },
  list: 'mine',
  ...over,
});

const row = (over: Partial<ConversationRow> = {}): ConversationRow => ({
  ...aConversation({ windowExpiresAt: NOW + 17 * HOUR + 42 * MINUTE }),
  id: 'marta',
  assignee: { kind: 'agent', id: 'jonas' },
  waitingSince: NOW - 4 * MINUTE,
  inboundCount: 2,
  ...over,
});

const ours = (
  state: 'accepted' | 'read' | 'failed',
  text = 'On our way',
): Partial<ConversationRow> => ({
  waitingSince: null,
  status: 'pending',
  inboundCount: 0,
  preview: {
    entryId: 'e',
    kind: 'outbound',
    type: 'text',
    text,
    author: { kind: 'agent', id: 'jonas' },
    at: NOW,
    seq: 0,
    state,
  },
});

describe('A row', () => {
  it('is a link with one name that says everything', () => {
    expect(rowView(row(), eyes()).label).toBe(
      'Marta Oliveira, 2 unread, yours, waiting 4 minutes, window 17 hours 42 minutes',
    );
  });

  it('says who has it, or that no one has', () => {
    const label = (assignee: ConversationRow['assignee']) =>
      rowView(row({ assignee, inboundCount: 0 }), eyes({ list: 'team' })).label;
    expect(label({ kind: 'agent', id: 'ana' })).toContain('Marta Oliveira, Ana has it, ');
    expect(label({ kind: 'agent', id: 'new' })).toContain('A colleague has it');
    expect(label(null)).toContain('no one has it yet');
  });

  it('shows the owner by first name and letters, in Mine by the letters alone', () => {
    const team = rowView(row({ assignee: { kind: 'agent', id: 'ana' } }), eyes({ list: 'team' }));
    expect(team.owner).toMatchObject({ name: 'Ana', fullName: 'Ana Ruiz', shown: true });
    expect(rowView(row(), eyes()).owner).toMatchObject({
      name: 'You',
      fullName: 'Jonas Weber',
      shown: false,
    });
  });

  it('says “No one yet” where some have an owner, and leaves it to the badge in the Queue', () => {
    const owner = (list: Eyes['list']) => rowView(row({ assignee: null }), eyes({ list })).owner;
    expect(owner('team')).toMatchObject({ kind: 'none', name: 'No one yet', shown: true });
    expect(owner('queue')).toMatchObject({ kind: 'none', name: 'No one yet', shown: false });
  });

  it('carries the edge of one’s own where others’ are listed too', () => {
    expect(rowView(row(), eyes()).mineEdge).toBe(false);
    expect(rowView(row(), eyes({ list: 'team' })).mineEdge).toBe(true);
    expect(rowView(row({ assignee: null }), eyes({ list: 'team' })).mineEdge).toBe(false);
  });

  it('has a ring where an answer is owed, else the mark of the last message', () => {
    expect(rowView(row(), eyes())).toMatchObject({ waited: 4 * MINUTE, mark: null });
    expect(rowView(row(ours('read')), eyes())).toMatchObject({ waited: null, mark: 'read' });
    expect(rowView(row(ours('failed')), eyes()).label).toContain('Not sent');
  });

  it('never shows what was only accepted as sent', () => {
    expect(rowView(row(ours('accepted')), eyes()).mark).toBeNull();
  });

  it('begins with You where the words are one’s own, with the name where they are a colleague’s', () => {
    const preview = (over: Partial<ConversationRow>) => rowView(row(over), eyes()).preview;
    expect(preview(ours('read'))).toBe('You: On our way');
    const last = ours('read').preview!;
    expect(preview({ preview: { ...last, author: { kind: 'agent', id: 'ana' } } })).toBe(
      'Ana: On our way',
    );
    expect(
      preview({ preview: { ...last, kind: 'note', author: { kind: 'agent', id: 'ana' } } }),
    ).toBe('Ana, note: On our way');
  });

  it('says what a message is that has no text, and what it is not shown as yet', () => {
    const inbound = (type: string, text: string) =>
      rowView(
        row({
          preview: {
            entryId: 'e',
            kind: 'inbound',
            type,
            text,
            author: { kind: 'customer', id: 'marta' },
            at: NOW,
            seq: 0,
          },
        }),
        eyes(),
      ).preview;
    expect(inbound('text', 'Hello')).toBe('Hello');
    expect(inbound('voice', '')).toBe('Voice note');
    expect(inbound('image', 'six dryers')).toBe('Photo · six dryers');
    expect(inbound('hologram', '')).toBe('Message of the kind “hologram”');
  });

  it('says a closed window, and names a customer without a name by the masked number', () => {
    const view = rowView(
      row({ windowExpiresAt: NOW - 1, contact: { name: '', maskedPhone: '+351 912 ••• 408' } }),
      eyes(),
    );
    expect(view.name).toBe('+351 912 ••• 408');
    expect(view.label).toContain('window closed');
  });

  it('never counts a wait below nothing when clocks differ', () => {
    expect(rowView(row({ waitingSince: NOW + HOUR }), eyes()).waited).toBe(0);
  });
});

describe('A duration in words', () => {
  it('has at most two parts', () => {
    expect(durationWords(20_000, t)).toBe('less than a minute');
    expect(durationWords(MINUTE, t)).toBe('1 minute');
    expect(durationWords(2 * HOUR, t)).toBe('2 hours');
    expect(durationWords(17 * HOUR + 42 * MINUTE, t)).toBe('17 hours 42 minutes');
    expect(durationWords(51 * HOUR + 42 * MINUTE, t)).toBe('2 days 3 hours');
  });
});
