import { readFileSync } from 'node:fs';

import { expect, test } from '@playwright/test';
import { parse } from 'yaml';

import { documentText } from '../../build/document-text';
import { Reach, repository } from './page';

const yaml = (path: string): unknown => parse(readFileSync(`${repository}tests/${path}.yaml`, 'utf8'));

/** Several paths in one subnet. */
const crowded = ['gateway-endpoint/more-specific-route-takes-part-of-s3', 'gateway-endpoint/dual-stack-name', 'network-acls/part-of-s3-denied', 'network-acls/part-of-s3-and-part-of-the-ports', 'security-groups/union-of-all-groups'];

const situations = [...(yaml('gallery') as { scenario: string }[]).map(({ scenario }) => scenario), ...crowded].map((name) => ({ name, text: documentText(yaml(`scenarios/${name}`)) }));

/** Says what in the diagram covers what somebody reads: the path, its marks, the text of frames and cards. */
function covered(): string[] {
  const root = document.querySelector('vpc-playground')?.shadowRoot;
  const svg = root?.querySelector<SVGSVGElement>('svg.path');
  if (!root || !svg) return ['there is no path'];
  interface Box {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  }
  const words = (element: Element): string => (element.textContent ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, 40);
  const meet = (a: Box, b: Box, slack: number): boolean => a.left < b.right - slack && b.left < a.right - slack && a.top < b.bottom - slack && b.top < a.bottom - slack;
  const holds = (box: Box, { x, y }: DOMPoint, margin: number): boolean => x > box.left + margin && x < box.right - margin && y > box.top + margin && y < box.bottom - margin;
  const boxes = (selector: string): { element: Element; box: Box }[] => [...root.querySelectorAll(selector)].map((element) => ({ element, box: element.getBoundingClientRect() }));
  const pairs = <T>(list: readonly T[]): [T, T][] => list.flatMap((one, index) => list.slice(index + 1).map((other): [T, T] => [one, other]));

  const found = new Set<string>();
  const cards = boxes('.sheet0 .card');
  const marks = boxes('.sheet0 .mark');
  for (const [a, b] of pairs(cards)) if (meet(a.box, b.box, 1)) found.add(`card over card: ${words(a.element)} | ${words(b.element)}`);
  for (const [a, b] of pairs(marks)) if (meet(a.box, b.box, 1)) found.add(`mark over mark: ${words(a.element)} | ${words(b.element)}`);

  /** What is seen of each piece of text; what a row or header cuts off is not. */
  const texts: { host: Element; text: string; box: Box }[] = [];
  for (const host of root.querySelectorAll('.sheet0 .head, .sheet0 .row, .sheet0 .via')) {
    const clip = host.getBoundingClientRect();
    const walker = document.createTreeWalker(host, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.textContent?.trim() || node.parentElement?.closest('.hide')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const part of range.getClientRects()) {
        const box = { left: Math.max(part.left, clip.left), right: Math.min(part.right, clip.right), top: Math.max(part.top, clip.top), bottom: Math.min(part.bottom, clip.bottom) };
        if (box.right - box.left > 1 && box.bottom - box.top > 1) texts.push({ host, text: node.textContent.trim().slice(0, 30), box });
      }
    }
  }
  for (const mark of marks) for (const { text, box } of texts) if (meet(mark.box, box, 2)) found.add(`mark over text: ${words(mark.element)} | ${text}`);

  /** Rows that a hop is about say so to those who do not see the path. */
  const isOnPath = (row: Element): boolean => (row.querySelector('.hide')?.textContent ?? '') !== '';
  const screen = svg.getScreenCTM() ?? new DOMMatrix();
  for (const line of svg.querySelectorAll<SVGPathElement>('path:not(.tip, .diamond)')) {
    for (let along = 0; along <= line.getTotalLength(); along += 3) {
      const point = line.getPointAtLength(along).matrixTransform(screen);
      for (const { element, box } of cards) {
        if (!holds(box, point, 3)) continue;
        const rows = [...element.querySelectorAll('.row')];
        // Behind a row that it passes through, from one side to the other, a line is as it should be.
        const isAt = (row: Element): boolean => {
          const { top, bottom } = row.getBoundingClientRect();
          return point.y > top - 2 && point.y < bottom + 2;
        };
        if (!rows.some((row) => isOnPath(row) && (isAt(row) || !element.matches('.inside')))) found.add(`card over path: ${words(element)}`);
      }
      for (const { host, text, box } of texts) if (!host.closest('.card') && holds(box, point, -1)) found.add(`path through text: ${text}`);
    }
  }
  return [...found];
}

for (const [width, height] of [[1440, 900], [800, 1000], [390, 844]] as const) {
  test.describe(`at ${width} pixels`, () => {
    test.use({ viewport: { width, height } });

    test('nothing in the diagram of a situation covers the path or a text, and nothing is wider than the window', async ({ page }) => {
      test.slow();
      const reach = await Reach.open(page);
      const found: string[] = [];
      for (const { name, text } of situations) {
        await page.locator('vpc-playground').evaluate((element, next) => ((element as HTMLElement & { text: string }).text = next), text);
        // Some are answered by the engine with everything, which is fetched for the first of them.
        await expect(page.locator('.word')).not.toContainText('Working it out');
        // The boxes are drawn in the microtask that follows, and measured in the frame after.
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        found.push(...(await page.evaluate(covered)).map((one) => `${name}: ${one}`));
        if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)) found.push(`${name}: scrolls sideways`);
      }
      expect(found).toEqual([]);
      await reach.expectNoSidewaysScroll();
    });
  });
}
