import { expect, test } from '@playwright/test';

import { expectNoViolation } from './axe';
import { Reach } from './page';

const looks = [
  { name: 'light', colorScheme: 'light', locale: 'en-US', viewport: { width: 1440, height: 900 } },
  { name: 'dark', colorScheme: 'dark', locale: 'en-US', viewport: { width: 1440, height: 900 } },
  { name: 'Japanese', colorScheme: 'light', locale: 'ja-JP', viewport: { width: 1440, height: 900 } },
  { name: 'tablet', colorScheme: 'dark', locale: 'ja-JP', viewport: { width: 800, height: 1000 } },
  { name: 'phone', colorScheme: 'light', locale: 'en-US', viewport: { width: 390, height: 844 } },
  { name: 'phone, Japanese, dark', colorScheme: 'dark', locale: 'ja-JP', viewport: { width: 390, height: 844 } },
] as const;

for (const { name, colorScheme, locale, viewport } of looks) {
  test.describe(name, () => {
    test.use({ colorScheme, locale, viewport });

    test('has no accessibility violation and does not scroll sideways', async ({ page }) => {
      test.slow();
      const reach = await Reach.open(page);
      for (const one of ['internet-gateway-only', 'one-of-two-subnets', 's3-gateway-endpoint']) {
        await reach.openCase(one);
        await expect(page.locator('.mark').first()).toBeVisible();
        await reach.expectNoSidewaysScroll();
        await expectNoViolation(page);
      }
    });

    test('text, checks and import have none either', async ({ page }) => {
      test.slow();
      const reach = await Reach.open(page);
      await reach.openText();
      await expectNoViolation(page);
      await page.getByRole('tab', { name: /Checks|チェック/ }).click();
      await expect(page.locator('.promises li').first()).toBeVisible();
      await expectNoViolation(page);
      await reach.openImport();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectNoViolation(page);
    });
  });
}

test('everything can be done with the keyboard', async ({ page }) => {
  const reach = await Reach.open(page);
  const press = (key: string): Promise<void> => page.keyboard.press(key);
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      if (active?.role === 'treeitem') return active.textContent?.trim() ?? '';
      return active?.getAttribute('aria-label') ?? active?.getAttribute('role') ?? active?.tagName ?? '';
    });

  await press('Tab');
  await press('Enter');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('NAT gateway');
  await press('Tab');
  await press('Enter');
  await expect(reach.verdict).toHaveText('Succeeds');
  await press('Enter');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('internet gateway only');
  await press('Tab');
  await press('Enter');
  await expect(reach.verdict).toHaveText('Times out');

  for (let tabs = 0; tabs < 30 && !(await focused()).startsWith('us-east-1'); tabs += 1) await press('Tab');
  expect(await focused()).toBe('us-east-1 Region');
  await press('ArrowRight');
  // The first key in the diagram may wait for what obeys it.
  await expect.poll(focused).toContain('main');
  await press('End');
  await press('ArrowUp');
  await press('Home');
  for (let downs = 0; downs < 30 && !(await focused()).startsWith('0.0.0.0/0'); downs += 1) await press('ArrowDown');
  await press('Enter');
  await expect(page.getByRole('group', { name: 'Routes, 1' }).getByLabel('Destination')).toBeFocused();
  await press('Escape');
  await expect(page.locator('.row.route.cur')).toContainText('0.0.0.0/0');

  for (let tabs = 0; tabs < 30 && (await focused()) !== 'First hop'; tabs += 1) await press('Tab');
  await press('Enter');
  await press('ArrowRight');
  await expect(page.locator('.player .now')).toContainText('Hop 2 of 6');

  for (let tabs = 0; tabs < 30 && (await focused()) !== 'tab'; tabs += 1) await press('Tab');
  await press('ArrowRight');
  await expect(reach.textBox).toBeVisible();
});

test('the verdict is announced', async ({ page }) => {
  const reach = await Reach.open(page);
  const live = page.locator('[aria-live="polite"]').filter({ has: page.getByRole('heading', { level: 1 }) });
  await expect(live).toContainText('Times out');
  await reach.openCase('nat-gateway');
  await expect(live).toContainText('Succeeds');
});

test('language and theme are switched and kept', async ({ page }) => {
  const reach = await Reach.open(page);
  await page.getByLabel('Language').selectOption('ja');
  await expect(reach.verdict).toHaveText('タイムアウト');
  await page.getByRole('button', { name: /^配色/ }).click();
  await page.getByRole('button', { name: /^配色/ }).click();
  const ground = (): Promise<string> => page.locator('.top').evaluate((bar) => getComputedStyle(bar).backgroundColor);
  await expect.poll(ground).toBe('rgb(18, 22, 28)');
  await page.reload();
  await expect(reach.verdict).toHaveText('タイムアウト');
  await expect.poll(ground).toBe('rgb(18, 22, 28)');
});

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('nothing moves', async ({ page }) => {
    await Reach.open(page);
    await page.getByRole('button', { name: 'First hop' }).click();
    const duration = await page.locator('.packet').evaluate((packet) => getComputedStyle(packet).transitionDuration);
    expect(['0s', '']).toContain(duration);
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the sheet opens and closes, and every control is large enough', async ({ page }) => {
    await Reach.open(page);
    const sheet = page.getByRole('tabpanel');
    await expect(sheet).toBeHidden();
    await page.getByRole('tab', { name: 'Answer' }).tap();
    await expect(sheet).toBeVisible();
    await page.getByRole('tab', { name: 'Answer' }).tap();
    await expect(sheet).toBeHidden();
    for (const control of await page.locator('.player .btn:visible, .tab, .top .btn:visible').all()) {
      const box = await control.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    }
  });
});
