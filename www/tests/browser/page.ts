import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, type Locator, type Page } from '@playwright/test';
import { deflateSync } from 'fflate';

export const repository = fileURLToPath(new URL('../../..', import.meta.url));
export const samples = `${repository}tests/samples/aws-cli`;

/** The fragment of version 1 that holds these bytes, whatever they are. */
export function linkOf(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  const dictionary = readFileSync(new URL('../../src/links/dictionary-1.txt', import.meta.url));
  const packed = deflateSync(bytes, { level: 9, dictionary });
  return `#1.${Buffer.concat([Buffer.from([hash >>> 24, hash >>> 16, hash >>> 8]), packed]).toString('base64url')}`;
}

/** Keeps files from arriving until told. */
export async function hold(page: Page, files: string | RegExp): Promise<() => void> {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(files, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** What the button puts on the clipboard; that takes a moment, and a browser keeps what an earlier test put there. */
export async function copiedBy(page: Page, button: Locator): Promise<string> {
  const content = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await button.click();
  await expect.poll(content).not.toBe('');
  return content();
}

/** Walks to a component of the diagram with the arrow keys; the first key may wait for what obeys it. */
export async function walk(page: Page, name: RegExp): Promise<void> {
  const focused = page.locator('*:focus').last();
  const items = page.getByRole('treeitem');
  await page.keyboard.press('Home');
  await expect(items.first()).toBeFocused();
  for (let steps = 1; steps < 60 && !name.test((await focused.textContent()) ?? ''); steps += 1) {
    await page.keyboard.press('ArrowDown');
    await expect(items.nth(steps)).toBeFocused();
  }
  await expect(focused).toHaveText(name);
}

/** The page as a person sees it; the shadow root is open, so locators look into it. */
export class Reach {
  readonly verdict: Locator;
  readonly log: Locator;
  readonly hops: Locator;
  readonly diagram: Locator;
  readonly textBox: Locator;

  constructor(readonly page: Page) {
    // Before the app is there, the page shows the same as a picture.
    this.verdict = page.locator('.app:not(.still)').getByRole('heading', { level: 1 });
    this.log = page.locator('.log');
    this.hops = page.locator('.hops > li');
    this.diagram = page.getByRole('tree');
    this.textBox = page.locator('.cm-content');
  }

  static async open(page: Page): Promise<Reach> {
    const reach = new Reach(page);
    await page.goto('/');
    await expect(reach.verdict).not.toHaveClass(/quiet/);
    return reach;
  }

  /** Until everything is there that comes after the answer, and nothing moves any more to make room. */
  async settled(): Promise<void> {
    for (const part of ['.tools', '.player', '.panel', '.status', '.fixes :is(.btn, .link)']) await expect(this.page.locator(part).first()).toBeVisible();
  }

  /** Stops the clock of a page that has Playwright's: what moves by itself stands still, however long a look at it takes. */
  async stopClock(): Promise<void> {
    await this.page.clock.pauseAt((await this.page.evaluate(() => Date.now())) + 1000);
  }

  /** Opens the dialog with situations, lessons and kept documents. */
  async openStart(): Promise<void> {
    await this.page.locator('.top .doc').first().click();
  }

  /** By the bar, or where that is too narrow by the dialog of starts. */
  async openImport(): Promise<void> {
    const inBar = this.page.getByRole('button', { name: /^(Import|インポート)$/ });
    if (await inBar.isVisible()) {
      await inBar.click();
      return;
    }
    await this.openStart();
    await this.page.getByRole('button', { name: /^(Import from AWS|AWS からインポート)$/ }).click();
  }

  /** Opens a scenario of the gallery; one of the article's by its last name alone. */
  async openCase(name: string): Promise<void> {
    await this.openStart();
    await this.page.locator(`[data-scenario="${name.includes('/') ? name : `article/${name}`}"]`).click();
    await expect(this.page.getByRole('dialog')).toHaveCount(0);
  }

  /** The whole document; the text pane draws only the lines in sight. */
  text(): Promise<string> {
    return this.page.locator('vpc-playground').evaluate((element) => (element as HTMLElement & { text: string }).text);
  }

  async openText(): Promise<void> {
    await this.page.getByRole('tab', { name: /Text|テキスト/ }).click();
    await expect(this.textBox).toBeVisible();
  }

  async write(text: string): Promise<void> {
    await this.textBox.click();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.insertText(text);
  }

  /** No part of the page is wider than the window. */
  async expectNoSidewaysScroll(): Promise<void> {
    expect(await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  }
}
