import axe from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * What axe finds wrong on the page as it is now: one line per element, serious and critical faults only.
 *
 * @param rules only these; all of them when left out
 */
export async function axeFaults(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  await page.evaluate(settle);
  return page.evaluate(async (only) => {
    const { axe: inPage } = window as unknown as { axe: typeof axe };
    const { violations } = await inPage.run(document, {
      resultTypes: ['violations'],
      ...(only ? { runOnly: { type: 'rule', values: only } } : {}),
    });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
      );
  }, rules ?? null);
}

/** Runs in the page: colours are looked at when they have stopped changing. */
async function settle(): Promise<void> {
  const ending = document.getAnimations().filter((animation) => {
    const endTime = animation.effect?.getComputedTiming().endTime;
    return typeof endTime === 'number' && Number.isFinite(endTime);
  });
  await Promise.allSettled(ending.map((animation) => animation.finished));
}

/** Pixels by which the page is wider than its window. */
export const overflowPx = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
