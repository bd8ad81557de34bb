import { lineText, plainText } from '@switchboard/domain';
import type { Translate } from '../../../i18n/index.ts';
import { lineOf } from '../../../i18n/type-name.ts';
import type { MessageEntry } from './rows.ts';

/** A message on one line, as quotes and screen readers have it. */
export const excerpt = (t: Translate, entry: MessageEntry): string =>
  lineOf(t, kindOf(entry), plainText(lineText(entry.type, entry) ?? ''));

/** The type of a message; a voice note is told from other audio. */
export const kindOf = ({ type, content }: MessageEntry): string =>
  content?.['voice'] === true ? 'voice' : type;
