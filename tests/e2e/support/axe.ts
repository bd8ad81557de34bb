import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

/** The axe that @axe-core/playwright brings. Its own `analyze` takes ten times as long. */
const axeSource = readFileSync(
  createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright')).resolve(
    'axe-core/axe.min.js',
  ),
  'utf8',
);

interface Axe {
  run(options: object): Promise<{
    violations: readonly {
      id: string;
      nodes: readonly { html: string; any: readonly { message: string }[] }[];
    }[];
  }>;
}

/** The rules whose answer depends on colours. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * What axe finds on the page as it stands: WCAG 2.2 A and AA, and its best practices. `colours` asks
 * only what changes with the theme, of a page whose other theme was looked at in full.
 */
export async function axeFindings(
  page: Page,
  { colours }: { colours: boolean },
): Promise<readonly string[]> {
  const there = await page.evaluate(() => 'axe' in window);
  if (!there) await page.evaluate(axeSource);
  return page.evaluate(
    async (only) => {
      const { axe } = window as unknown as { axe: Axe };
      const { violations } = await axe.run({
        resultTypes: ['violations'],
        ...(only ? { runOnly: only } : { rules: { 'target-size': { enabled: true } } }),
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
      );
    },
    colours ? OF_COLOURS : null,
  );
}
