// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { Content, Media } from './api.js';
import { file } from './media.js';

const content = (media: Media | null, changes: Partial<Content> = {}): Content => ({
  ...{ label: 'Photo', header: '', text: '', footer: '', list: '', options: [], media },
  ...changes,
});

describe('the file of a bubble', () => {
  it('is a picture with the caption for its name', () => {
    const picture = file(content({ kind: 'image', id: '7', name: '' }, { text: 'My fridge' }));
    expect(picture?.getAttribute('src')).toBe('/phone/api/media/7');
    expect(picture?.getAttribute('alt')).toBe('My fridge');
  });

  it.each(['audio', 'video'] as const)('is a player of %s', (kind) => {
    const player = file(content({ kind, id: '7', name: '' }));
    expect(player?.localName).toBe(kind);
    expect(player?.hasAttribute('controls')).toBe(true);
    expect(player?.getAttribute('aria-label')).toBe('Photo');
  });

  it('is a document to save under its name', () => {
    const link = file(content({ kind: 'document', id: '7', name: 'receipt.pdf' }));
    expect(link?.getAttribute('download')).toBe('receipt.pdf');
    expect(link?.textContent).toBe('receipt.pdf');
  });

  it('says in words that it can’t be shown', () => {
    const picture = file(content({ kind: 'image', id: '7', name: '' }));
    const bubble = document.createElement('div');
    bubble.append(picture ?? '');
    picture?.dispatchEvent(new Event('error'));
    expect(bubble.textContent).toBe('Photo, which can’t be shown here');
  });

  it('is nothing where there is none', () => {
    expect(file(content(null))).toBeNull();
  });
});
