import { describe, expect, it } from 'vitest';
import type { Message } from './api.js';
import * as items from './items.js';

const AT = 1_790_000_000_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function own(changes: Partial<Message> = {}): Message {
  return {
    id: 'wamid.1',
    side: 'customer',
    at: AT,
    tick: 'sent',
    type: 'text',
    content: { label: '', header: '', text: 'hi', footer: '', media: null, list: '', options: [] },
    editable: 'hi',
    edited: false,
    deleted: false,
    quote: null,
    reactions: {},
    group: '',
    ...changes,
  };
}

describe('an own message', () => {
  it('can be edited for fifteen minutes, where it has words', () => {
    expect(items.canEdit(own(), AT + 15 * MINUTE - 1)).toBe(true);
    expect(items.canEdit(own(), AT + 15 * MINUTE)).toBe(false);
    expect(items.canEdit(own({ editable: null }), AT)).toBe(false);
  });

  it('can be deleted for two days, once', () => {
    expect(items.canDelete(own(), AT + 2 * DAY - 1)).toBe(true);
    expect(items.canDelete(own(), AT + 2 * DAY)).toBe(false);
    expect(items.canDelete(own({ deleted: true }), AT)).toBe(false);
    expect(items.canDelete(own({ side: 'business' }), AT)).toBe(false);
  });

  it('is edited in its text, or in the caption of its file', () => {
    expect(items.edit(own(), 'hello').edit).toEqual({
      original_message_id: 'wamid.1',
      message: { type: 'text', text: { body: 'hello' } },
    });
    const media = { kind: 'image' as const, id: '7', name: '' };
    const photo = own({ type: 'image', content: { ...own().content, media } });
    expect(items.edit(photo, 'here').edit).toMatchObject({
      message: { type: 'image', image: { id: '7', caption: 'here' } },
    });
  });
});

describe('what a phone sends', () => {
  it('photos and videos are what WhatsApp shows as such; any other file is a document', () => {
    const types = ['image/jpeg', 'video/mp4', 'image/heic', ''];
    expect(types.map(items.kindOf)).toEqual(['image', 'video', 'document', 'document']);
  });

  it('a file has a caption where one was written', () => {
    expect(items.media('image', '7', 'here')).toEqual({
      type: 'image',
      image: { id: '7', caption: 'here' },
    });
    expect(items.media('sticker', '7', '')).toEqual({ type: 'sticker', sticker: { id: '7' } });
  });

  it('an ad goes with a message, and not with what only changes another', () => {
    expect(items.fromAd(items.order())).toHaveProperty('referral.source_type', 'ad');
    expect(items.fromAd(items.revoke(own()))).not.toHaveProperty('referral');
  });

  it('a message in a group names the group, and what only changes another does not', () => {
    expect(items.inGroup(items.order())).toMatchObject({
      type: 'order',
      group_id: expect.any(String),
    });
    expect(items.inGroup(items.revoke(own()))).not.toHaveProperty('group_id');
  });

  it('what is not supported has an error, and the kind where WhatsApp names one', () => {
    expect(items.unsupported('pin')).toMatchObject({
      type: 'unsupported',
      errors: [{ code: 131051 }],
      unsupported: { type: 'pin' },
    });
    expect(items.unsupported('')).not.toHaveProperty('unsupported');
  });
});
