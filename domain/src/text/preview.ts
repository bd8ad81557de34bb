import { PREVIEW_LENGTH } from '../documents/conversation.ts';

/** The first line's worth of a text: one line, at most {@link PREVIEW_LENGTH} characters, well-formed. */
export const previewText = (text: string | undefined): string =>
  (text ?? '')
    .slice(0, PREVIEW_LENGTH * 4)
    .replace(/[\s\u0000-\u001f]+/gu, ' ')
    .trim()
    .slice(0, PREVIEW_LENGTH)
    .toWellFormed();
