import { PREVIEW_LENGTH } from '../documents/conversation.ts';
import { cutText } from '../shared/read.ts';
import { plainText } from './format.ts';

/**
 * The first line's worth of a text, without the markers of its formatting: one line, at most
 * {@link PREVIEW_LENGTH} UTF-16 units, well-formed.
 */
export const previewText = (text: string | undefined): string => {
  const beginning = (text ?? '').slice(0, PREVIEW_LENGTH * 4).toWellFormed();
  return cutText(
    plainText(beginning)
      .replace(/[\s\u0000-\u001f]+/gu, ' ')
      .trim(),
    PREVIEW_LENGTH,
  );
};
