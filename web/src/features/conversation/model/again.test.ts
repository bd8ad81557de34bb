import type { OutboundEntry } from '@switchboard/domain';
import { anOutbound } from '@switchboard/domain/testing';
import { describe, expect, it } from 'vitest';
import { againOf } from './again.ts';

const bare = ({ text: _, ...entry }: OutboundEntry): OutboundEntry => entry;
const entry = (over: Partial<OutboundEntry>) => bare(anOutbound(over));

describe('what is written to send a message once more', () => {
  it('is a text with what it quotes', () => {
    expect(againOf(anOutbound({ text: 'Hello', context: { entryId: 'q', wamid: 'w' } }))).toEqual({
      text: 'Hello',
      contextEntryId: 'q',
    });
  });

  it('is a file with its first id and its caption, without what is not said of one that is sent', () => {
    const media = { id: 'f1', state: 'stored', mimeType: 'image/png', size: 7 } as const;
    expect(againOf({ ...entry({ type: 'image', media }), text: 'Here' })).toEqual({
      type: 'image',
      text: 'Here',
      media,
    });
  });

  it('is a template with what fills it, without what the server wrote down', () => {
    const values = { header: [], body: ['Peter'], buttons: [] };
    const content = { templateId: 't1', name: 'visit', values };
    const left = { ...content, header: 'Hi', footer: '', buttons: [], language: 'en' };
    expect(againOf({ ...entry({ type: 'template', content: left }), text: 'Hello' })).toEqual({
      type: 'template',
      text: 'Hello',
      content,
    });
  });

  it('is choices, a place, cards and a reaction as they were', () => {
    const choices = { kind: 'button', buttons: [{ id: '1', title: 'Yes' }] };
    expect(againOf({ ...entry({ type: 'interactive', content: choices }), text: 'Well?' })).toEqual(
      {
        type: 'interactive',
        text: 'Well?',
        content: choices,
      },
    );
    const place = { latitude: 1, longitude: 2 };
    expect(againOf(entry({ type: 'location', content: place }))).toEqual({
      type: 'location',
      content: place,
    });
    const content = { emoji: '', wamid: 'w' };
    const context = { entryId: 'm' };
    expect(againOf(entry({ type: 'reaction', content, context }))).toEqual({
      type: 'reaction',
      content,
      contextEntryId: 'm',
    });
  });

  it('is nothing for a file that is not ours, and for what nobody sends from here', () => {
    expect(againOf(entry({ type: 'image' }))).toBeNull();
    expect(
      againOf(entry({ type: 'video', media: { id: 'f', state: 'failed', failure: 'gone' } })),
    ).toBeNull();
    expect(againOf(entry({ type: 'order', content: {} }))).toBeNull();
    expect(againOf(entry({ type: 'text' }))).toBeNull();
    expect(againOf(entry({ type: 'interactive', content: { kind: 'hologram' } }))).toBeNull();
  });
});
