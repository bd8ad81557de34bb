import { MESSAGE_TYPES, readContent } from '@switchboard/domain';
import { anInbound } from '@switchboard/domain/testing';
import { describe, expect, it } from 'vitest';
import { plainContent } from './plain-content.ts';

const read = (type: string, body: object) => {
  const { text: _, ...bare } = anInbound({ type });
  return plainContent({ ...bare, ...readContent(type, { type, [type]: body }) });
};

describe('plainContent', () => {
  it('shows a caption and says that the picture is not shown', () => {
    expect(read('image', { id: '1', caption: 'Look' })).toMatchObject({
      name: 'image',
      text: 'Look',
      shown: 'part',
    });
  });

  it('tells a voice note from other audio', () => {
    expect(read('audio', { id: '1', voice: true }).name).toBe('voice');
    expect(read('audio', { id: '1' }).name).toBe('audio');
  });

  it('names a file, a place, a card and an emoji', () => {
    expect(read('document', { id: '1', filename: 'Order.pdf' }).facts).toEqual(['Order.pdf']);
    expect(read('location', { latitude: 1, longitude: 2, name: 'Ferry Lane' }).facts).toEqual([
      'Ferry Lane',
    ]);
    expect(read('location', { latitude: 1, longitude: 2 }).facts).toEqual(['1.00000, 2.00000']);
    expect(read('reaction', { message_id: 'x', emoji: '👍' }).facts).toEqual(['👍']);
    expect(
      plainContent({
        ...anInbound({ type: 'contacts' }),
        ...readContent('contacts', {
          contacts: [{ name: { formatted_name: 'Ana' }, phones: [{ phone: '+1 555' }] }, {}],
        }),
      }).facts,
    ).toEqual(['Ana · +1 555', '…']);
  });

  it('shows the chosen title', () => {
    expect(
      read('interactive', { type: 'list_reply', list_reply: { id: 'a', title: 'Tomorrow' } }),
    ).toMatchObject({ text: 'Tomorrow', shown: 'whole' });
    expect(read('button', { text: 'Yes', payload: 'y' }).text).toBe('Yes');
  });

  it('counts what was ordered', () => {
    expect(read('order', { product_items: [{}, {}] }).items).toBe(2);
  });

  it('says which messages WhatsApp never hands over', () => {
    expect(read('unsupported', { type: 'poll_creation' }).shown).toBe('never');
  });

  it('keeps the name of a type that nobody knows, and does not pretend to show it', () => {
    expect(read('hologram', { a: 1 })).toMatchObject({
      name: 'other',
      type: 'hologram',
      shown: 'part',
    });
  });

  it('does not pretend to show a known type whose body is missing', () => {
    const { text: _, ...bare } = anInbound({ type: 'location' });
    expect(plainContent({ ...bare, ...readContent('location', { type: 'location' }) }).shown).toBe(
      'part',
    );
  });

  it('survives any type without any content', () => {
    for (const type of MESSAGE_TYPES) {
      const { text: _, ...bare } = anInbound({ type });
      expect(plainContent(bare).name).toBe(type);
    }
  });
});
