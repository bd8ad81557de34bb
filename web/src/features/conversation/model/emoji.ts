/** The ones that WhatsApp itself offers first. */
export const COMMON_EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🙏'] as const;

/** A picture, a flag, or a key cap: what a keyboard calls an emoji. */
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]️?⃣/u;

/** What was typed as one emoji, however many code points that takes; `null` where it is anything else. */
export function oneEmoji(typed: string): string | null {
  const text = typed.trim();
  const marks = [...new Intl.Segmenter().segment(text)];
  return marks.length === 1 && EMOJI.test(text) ? text : null;
}
