import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { expect, type Page } from '@playwright/test';
import type axe from 'axe-core';

const source = readFileSync(createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Accessibility, by all rules that axe has on by default. The package for Playwright would load it anew for each look, into
 * the page and into another one that puts the results of frames together; there are no frames here.
 */
export async function expectNoViolation(page: Page): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const found = await page.evaluate(async () => {
    // A colour on its way to another one is no colour of the page's.
    const roots = [document, ...[...document.querySelectorAll('vpc-playground')].flatMap(({ shadowRoot }) => shadowRoot ?? [])];
    for (const root of roots) for (const animation of root.getAnimations()) if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish();
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, html }) => `${target.join(' ')} ${html}`).join(', ')}`);
  });
  expect(found).toEqual([]);
}
