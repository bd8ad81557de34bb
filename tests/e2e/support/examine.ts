import type { Page } from '@playwright/test';

/**
 * What is wrong with the page as it stands, beside what axe knows: controls smaller than a fingertip
 * (`targets`), text that is cut or spills, an ellipsis where all of the text matters, anything that
 * scrolls sideways, a notice over a control, and things that are pressed without being a control.
 */
export const examine = (
  page: Page,
  { targets }: { targets: boolean },
): Promise<readonly string[]> => page.evaluate(findings, { targets });

/** Runs in the page, so all it needs is inside. */
function findings(asked: { targets: boolean }): string[] {
  const CONTROLS =
    'a[href], button, input, textarea, select, summary, [role=button], [role=tab], [role=radio], [role=checkbox], [role=menuitem]';
  /** Lists that are meant to be pushed sideways. */
  const SIDEWAYS = '#customers';
  /**
   * What may end in an ellipsis, since the whole of it is one press away: names, and what was said or
   * written, on one line of a row, a quote or a header.
   */
  const MAY_BE_CUT =
    '.row .name, .row .preview, .row .who, .chead h1, .chead .sub, .quote, .customer-preview';
  const FINGERTIP = 44;
  const found = new Set<string>();
  // What lies behind a modal dialog is out of reach, and looked at elsewhere.
  const dialog = [...document.querySelectorAll<HTMLElement>('dialog[open]')].at(-1);
  const root = dialog ?? document.body;

  const named = (element: Element): string =>
    `<${element.tagName.toLowerCase()}> “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 60)}”`;
  const shown = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true }) &&
    element.closest('.vh, .sr') === null &&
    element.getBoundingClientRect().width > 1;
  const ancestors = function* (element: Element): Generator<Element> {
    for (let at: Element | null = element; at !== null; at = at.parentElement) yield at;
  };
  const hits = (element: Element): DOMRect => {
    const rect = element.getBoundingClientRect();
    const label = element.closest('label')?.getBoundingClientRect();
    return label && label.width * label.height > rect.width * rect.height ? label : rect;
  };
  /** A link in the middle of a text is as high as its line. */
  const inText = (element: Element): boolean =>
    element.tagName === 'A' && getComputedStyle(element).display === 'inline';

  const controls = [...root.querySelectorAll(CONTROLS)].filter(
    (element) => shown(element) && getComputedStyle(element).pointerEvents !== 'none',
  );

  if (asked.targets)
    for (const control of controls) {
      const { width, height } = hits(control);
      if (inText(control) || Math.min(width, height) > FINGERTIP - 0.5) continue;
      found.add(`small: ${named(control)} is ${Math.round(width)} × ${Math.round(height)}`);
    }

  for (const element of root.querySelectorAll('*')) {
    if (!shown(element) || getComputedStyle(element).cursor !== 'pointer') continue;
    if (element.closest(`${CONTROLS}, label`) === null && element.querySelector(CONTROLS) === null)
      found.add(`pressed without being a control: ${named(element)}`);
  }

  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) found.add('the page scrolls sideways');
  for (const element of [root, ...root.querySelectorAll('*')]) {
    if (!/auto|scroll/.test(getComputedStyle(element).overflowX) || element.matches(SIDEWAYS))
      continue;
    if (element.scrollWidth > element.clientWidth + 1 && element.tagName !== 'TEXTAREA')
      found.add(`scrolls sideways: ${named(element)}`);
  }

  const ellipsis = (element: Element): boolean => {
    const { textOverflow, webkitLineClamp } = getComputedStyle(element);
    return textOverflow === 'ellipsis' || webkitLineClamp !== 'none';
  };
  const shortened = ({ scrollWidth, clientWidth, scrollHeight, clientHeight }: Element): boolean =>
    scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1;
  for (const element of root.querySelectorAll('*'))
    if (ellipsis(element) && shown(element) && shortened(element) && !element.closest(MAY_BE_CUT))
      found.add(`ends in an ellipsis: ${named(element)}`);

  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    const parent = text.parentElement;
    if (!parent || text.textContent?.trim() === '' || !shown(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const { left, right } = range.getBoundingClientRect();
    for (const around of ancestors(parent)) {
      if (around === root.parentElement || around.matches(SIDEWAYS) || ellipsis(around)) break;
      const { overflowX, display } = getComputedStyle(around);
      const bounds = overflowX !== 'visible' || around.matches(CONTROLS) || around === root;
      if (!bounds || display === 'inline') continue;
      const box = around.getBoundingClientRect();
      if (left < box.left - 1 || right > box.right + 1) {
        found.add(
          `cut or spilling: “${text.textContent?.trim().slice(0, 60)}” in ${named(around)}`,
        );
        break;
      }
    }
  }

  for (const notice of document.querySelectorAll('.toast')) {
    const over = notice.getBoundingClientRect();
    for (const control of controls) {
      const { left, right, top, bottom } = control.getBoundingClientRect();
      const apart =
        left >= over.right || right <= over.left || top >= over.bottom || bottom <= over.top;
      const clipped = [...ancestors(control)].some(
        (around) =>
          getComputedStyle(around).overflowY !== 'visible' &&
          around.getBoundingClientRect().bottom <= over.top + 1,
      );
      if (!apart && !clipped && !notice.contains(control))
        found.add(`a notice covers ${named(control)}`);
    }
  }
  return [...found];
}
