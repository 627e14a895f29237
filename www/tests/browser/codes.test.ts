import { expect, test } from '@playwright/test';

import { expectNoViolation } from './axe';
import { Reach } from './page';

test('a reason code leads to its page, which says in both languages what it means', async ({ page, context }) => {
  await Reach.open(page);
  const opened = context.waitForEvent('page');
  await page.locator('.hops .ref').getByRole('link', { name: /^IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS/ }).click();
  const code = await opened;
  await expect(code.getByRole('heading', { level: 1 })).toHaveText('IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS');
  await expect(code.locator('main')).toContainText('The interface has no public IPv4 address');
  await expect(code.locator('[lang="ja"]')).toContainText('パブリック IPv4 アドレスがない');
  await expectNoViolation(code);
  await code.getByRole('link', { name: 'Reason codes' }).click();
  await expect.poll(() => code.getByRole('term').count()).toBeGreaterThan(30);
});

test('on paper there are the answer, the diagram and the hops, and no controls', async ({ page }) => {
  await Reach.open(page);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.top')).toBeHidden();
  await expect(page.locator('.player')).toBeHidden();
  const [answer, canvas] = [await page.locator('.because').boundingBox(), await page.locator('.canvas').boundingBox()];
  expect((answer?.y ?? Infinity) + (answer?.height ?? 0)).toBeLessThan(canvas?.y ?? 0);
  await expect(page.locator('.card.stop')).toBeVisible();
  await expect(page.locator('.hops > li').last()).toBeVisible();
});
