import type { Page } from '@playwright/test';

/** The marks of a message on its way, in their order. One that stood for an instant may be passed over. */
export const WAY = [
  'Waiting to be sent',
  'Being sent',
  'Handed to WhatsApp, not sent yet',
  'Sent',
  'Delivered',
  'Read',
] as const;

/**
 * Writes down every mark that stands in the thread from now on, as the page draws it: nothing that came
 * and went between two looks is missed. For a thread with one message of ours; answers what was seen.
 */
export async function watchMarks(page: Page): Promise<() => Promise<readonly string[]>> {
  const seen = await page.evaluateHandle(() => {
    const marks: string[] = [];
    const look = () => {
      for (const mark of document.querySelectorAll('[role="log"] [role="img"]')) {
        const label = mark.getAttribute('aria-label') ?? '';
        if (marks.at(-1) !== label) marks.push(label);
      }
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ['aria-label'],
    });
    return marks;
  });
  return () => seen.jsonValue();
}
