/** What a page breaks of WCAG 2.0 to 2.2, levels A and AA, as axe-core sees it, the insides of our element included. */
import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** One line for each breach: the rule, what it asks, and where it is broken. */
export async function breaches(page: Page): Promise<readonly string[]> {
  // As an expression, not a script element: the page's content policy admits none but its own.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults, string[]>(
    (values) => Reflect.get(window, 'axe').run({ runOnly: { type: 'tag', values }, preload: false }),
    RULES,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}): ${target.flat().join(' ')} ${failureSummary ?? ''}`),
  );
}
