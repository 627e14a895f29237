import { expect, test } from '@playwright/test';

import { largeDocument } from '../../bench/large.mjs';
import { Reach } from './page';

test('300 subnets start folded around the path, unfold, and are found by name', async ({ page }) => {
  const reach = await Reach.open(page);
  await page.evaluate((text) => ((document.querySelector('vpc-playground') as HTMLElement & { text: string }).text = text), JSON.stringify(largeDocument(300)));
  await expect(reach.verdict).toHaveText('Succeeds');
  await expect(page.locator('.subnet.full')).toHaveCount(2);
  const tier = page.getByRole('treeitem', { name: /^data-b\s*25 subnets/ });
  await expect(tier).toHaveAttribute('aria-expanded', 'false');
  await tier.click();
  await expect(tier).toHaveAttribute('aria-expanded', 'true');
  await expect(page.getByRole('treeitem', { name: /^data-b-25\s/ })).toBeVisible();
  await tier.click();
  await expect(page.getByRole('treeitem', { name: /^data-b-25\s/ })).toHaveCount(0);

  await page.getByLabel('Find in 300 subnets').fill('db-data-c-7');
  await page.keyboard.press('Enter');
  const found = page.getByRole('treeitem', { name: /^db-data-c-7\s*EC2 instance/ });
  await expect(found).toBeFocused();
  await expect(found).toBeInViewport();
  await expect(page.getByRole('tabpanel', { name: 'Edit' }).getByLabel('Name', { exact: true })).toHaveValue('db-data-c-7');
  await reach.expectNoSidewaysScroll();
});
