import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PREVIEW_LENGTH } from '../documents/conversation.ts';
import { previewText } from './preview.ts';

/** Any UTF-16 units, halves of characters among them. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 400 })
  .map((units) => String.fromCharCode(...units));

describe('the text of a row', () => {
  it('is one line, whatever stands between the words', () => {
    expect(previewText(' My\r\n\tfridge\u00a0 is\u0000leaking \n')).toBe('My fridge is leaking');
  });

  it('has no markers of formatting, and keeps those that format nothing', () => {
    expect(previewText('*Now*, _please_: ~ten~ `K20418`\n> 2 * 3 * 4')).toBe(
      'Now, please: ten K20418 2 * 3 * 4',
    );
  });

  it('is empty where there is no text', () => {
    expect(previewText(undefined)).toBe('');
  });

  it('does not break a character in two', () => {
    expect(previewText(`x${'🧊'.repeat(PREVIEW_LENGTH)}`)).toBe(`x${'🧊'.repeat(69)}`);
  });

  it('is short, well-formed and of one line for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = previewText(text);
        expect(shown.length).toBeLessThanOrEqual(PREVIEW_LENGTH);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown).not.toMatch(/[\n\r\t\u0000]/);
      }),
      { seed: 20_261_122 },
    );
  });
});
