import { lineText, plainText } from '@switchboard/domain';
import type { Translate } from '../../../i18n/index.ts';
import { lineOf, ourType } from '../../../i18n/type-name.ts';
import type { MessageEntry } from './rows.ts';

/** A message on one line, as quotes and screen readers have it. */
export const excerpt = (t: Translate, entry: MessageEntry): string =>
  lineOf(t, kindOf(entry), plainText(lineText(entry.type, entry) ?? ''));

/** The type of a message; a voice note is told from other audio, choices of ours from their answer. */
export const kindOf = ({ kind, type, content }: MessageEntry): string =>
  content?.['voice'] === true ? 'voice' : ourType(kind, type);
