import { describe, expect, it } from 'vitest';
import { MESSAGE_TYPES, readContent } from '../whatsapp/content.ts';
import { pushText, searchText } from './entry-texts.ts';

const nameOf = (type: string) => `<${type}>`;
const entry = (type: string, item: object = {}) => ({
  type,
  ...readContent(type, { type, ...item }),
});

describe('what a notification says', () => {
  it('is a text itself, on one line and without its markers', () => {
    const text = entry('text', { text: { body: '*Water*\nunder the drawer' } });
    expect(pushText(text, nameOf)).toBe('Water under the drawer');
  });

  it.each([
    ['image', { image: { id: '1', caption: 'The leak' } }, '<image> · The leak'],
    ['audio', { audio: { id: '1', voice: true } }, '<voice>'],
    ['document', { document: { id: '1', filename: 'a.pdf' } }, '<document> · a.pdf'],
    ['location', { location: { latitude: 1, longitude: 2, name: 'Home' } }, '<location> · Home'],
    ['system', { system: { body: 'Marta changed from 351912000408' } }, '<system>'],
    ['hologram', {}, '<hologram>'],
    ['text', { text: { body: '  ' } }, '<text>'],
  ])('is the kind of a %s, and what it says', (type, item, said) => {
    expect(pushText(entry(type, item), nameOf)).toBe(said);
  });

  it.each([...MESSAGE_TYPES, 'hologram', 'constructor'])('is never empty: %s', (type) => {
    expect(pushText(entry(type), nameOf)).not.toBe('');
  });
});

describe('what a message is found by', () => {
  it.each([
    ['text', { text: { body: 'The *drawer*' } }, 'The drawer'],
    ['image', { image: { id: '1', caption: 'The leak' } }, 'The leak'],
    ['document', { document: { id: '1', filename: 'a.pdf', caption: 'Bill' } }, 'Bill\na.pdf'],
    [
      'location',
      { location: { latitude: 1, longitude: 2, name: 'Home', address: 'Rua 1' } },
      'Home\nRua 1',
    ],
    [
      'contacts',
      { contacts: [{ name: { formatted_name: 'Bruno' }, phones: [{ phone: '+351912000111' }] }] },
      'Bruno',
    ],
    ['order', { order: { product_items: [{ product_retailer_id: 'K-2' }] } }, 'K-2'],
    ['system', { system: { body: 'Marta changed from 351912000408' } }, ''],
    ['constructor', {}, ''],
  ])('is in a %s what a person remembers of it, and no number', (type, item, found) => {
    expect(searchText(entry(type, item))).toBe(found);
  });
});
