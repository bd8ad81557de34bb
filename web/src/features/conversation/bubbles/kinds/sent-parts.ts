import {
  asObjects,
  asText,
  REPLY_CONTENT,
  type InteractiveReply,
  type Json,
} from '@switchboard/domain';
import * as v from 'valibot';
import type { IconName } from '../../../../ui/index.ts';
import type { MessageEntry } from '../../model/rows.ts';
import { webLink } from './web-link.ts';

/** A button along the foot of a message. */
export interface CardButton {
  readonly text: string;
  readonly icon: IconName | null;
  readonly href?: string | undefined;
}

/** The buttons of a template. An address that is not the web's, or has a gap left, is words. */
export const templateButtons = (buttons: unknown): readonly CardButton[] =>
  asObjects(buttons).map((button) => {
    const url = asText(button['url']);
    return {
      text: asText(button['text']) ?? '',
      icon: button['type'] === 'URL' ? 'link' : null,
      href: url?.includes('{{') ? undefined : webLink(url)?.href,
    };
  });

/** The choices that we gave, or `null` where the message is none of ours, or of a kind that nobody here knows. */
export function choicesOf({
  kind,
  content,
}: Pick<MessageEntry, 'kind'> & { content?: Json | undefined }): InteractiveReply | null {
  if (kind !== 'outbound') return null;
  const parsed = v.safeParse(REPLY_CONTENT.interactive, content ?? {});
  return parsed.success ? parsed.output : null;
}
