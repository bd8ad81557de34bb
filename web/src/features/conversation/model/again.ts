import {
  asText,
  REPLY_CONTENT,
  REPLY_TYPES,
  replyProblems,
  type EntryMedia,
  type OutboundEntry,
  type ReplyType,
} from '@switchboard/domain';
import * as v from 'valibot';
import type { Outgoing } from '../use-sending.ts';

/** Types that are nothing without their file. */
const FILES: ReadonlySet<ReplyType> = new Set(['image', 'video', 'audio', 'document', 'sticker']);

/**
 * A message as it is written once more: the same type, words, content and file. What the server added
 * when it left is left out. `null` where it can't be: nobody sends such a one from here, or its file
 * is not ours.
 */
export function againOf(entry: OutboundEntry): Outgoing | null {
  const type = REPLY_TYPES.find((one) => one === entry.type);
  if (type === undefined) return null;
  const { text, content = {}, context } = entry;
  const media = storedOnly(entry.media);
  const parsed = v.safeParse(REPLY_CONTENT[type], content);
  if (!parsed.success || replyProblems({ type, text, content }).length > 0) return null;
  if (media === undefined && (entry.media !== undefined || FILES.has(type))) return null;
  const name = type === 'template' ? asText(content['name']) : undefined;
  const kept = { ...parsed.output, ...(name === undefined ? {} : { name }) };
  return {
    ...(type === 'text' ? {} : { type }),
    ...(text ? { text } : {}),
    ...(Object.keys(kept).length > 0 ? { content: kept } : {}),
    ...(media ? { media } : {}),
    ...(context?.entryId === undefined ? {} : { contextEntryId: context.entryId }),
  };
}

/** A file as a reply names it; none that is not kept (any more). */
function storedOnly(media: EntryMedia | undefined): EntryMedia | undefined {
  if (media?.state !== 'stored') return undefined;
  const { failure: _, ...stored } = media;
  return stored;
}
