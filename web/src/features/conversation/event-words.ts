import type { MessageKey } from '../../i18n/index.ts';
import type { EventParts } from './model/event-sentence.ts';
import { sentenceParts, type Part, type Words } from './words.ts';

/** The sentence of an event, cut at its names. */
export const eventWords = (
  event: EventParts,
  words: Words,
  translate: (key: MessageKey, values: Record<string, string>) => string,
): readonly Part[] =>
  sentenceParts(
    translate,
    `conversation.event.${event.sentence}.${event.who.kind === 'me' ? 'you' : 'other'}`,
    {
      who: words.named(event.who, 'subject'),
      from: event.from ? words.named(event.from, 'object') : '',
      to: event.to ? words.named(event.to, 'object') : '',
      type: event.type,
    },
  );
