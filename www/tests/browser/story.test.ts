import { expect, test } from '@playwright/test';

import { Reach } from './page';

test('the article: a time-out, a NAT gateway, an S3 gateway endpoint', async ({ page }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith('http://localhost')) foreign.push(request.url());
  });
  const reach = await Reach.open(page);

  await expect(reach.verdict).toHaveText('Times out');
  await expect(page.locator('.because')).toContainText('a Lambda network interface never has a public IPv4 address');
  await expect(page.locator('.word .tag').first()).toHaveText('Network, not permissions');
  await expect(reach.log).toContainText('Task timed out after 30.00 seconds');
  await expect(page.locator('.hops > li.on')).toContainText('IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS');
  await expect(page.locator('.card.stop')).toContainText('No public IPv4 source');
  await expect(page.locator('.mark.drop')).toHaveCount(1);
  await expect(page.locator('.path .lost').first()).toBeAttached();

  await reach.openCase('nat-gateway');
  await expect(reach.verdict).toHaveText('Succeeds');
  await expect(page.locator('.because')).toContainText('NAT gateway nat');
  await expect(page.locator('.mark.drop')).toHaveCount(0);
  await expect(page.locator('.path .reply.pass').first()).toBeAttached();

  await reach.openCase('s3-gateway-endpoint');
  await expect(reach.verdict).toHaveText('Succeeds');
  await expect(page.locator('.because')).toContainText('s3-endpoint');
  await expect(page.locator('.row.route.hit')).toContainText('s3-endpoint');

  await reach.openCase('nat-instance');
  await expect(reach.verdict).toHaveText('Succeeds');
  expect(foreign).toEqual([]);
});

test('one of two subnets is drawn as two paths', async ({ page }) => {
  const reach = await Reach.open(page);
  await reach.openCase('one-of-two-subnets');
  await expect(reach.verdict).toHaveText('Intermittent');
  await expect(page.locator('.path .run.pass').first()).toBeAttached();
  await expect(page.locator('.path .run.fail').first()).toBeAttached();
  await page.getByRole('group', { name: 'Paths' }).getByRole('button', { name: /arrives/ }).click();
  await expect(page.locator('.player .now')).toContainText(/Hop [AB]\d+/);
});

test('hop, component and row select each other', async ({ page }) => {
  const reach = await Reach.open(page);
  await reach.hops.filter({ hasText: 'Route table' }).getByRole('button').click();
  await expect(page.locator('.row.route.cur')).toContainText('0.0.0.0/0');
  await page.getByRole('treeitem', { name: /^igw\s*Internet gateway/ }).click();
  await page.getByRole('tab', { name: 'Answer' }).click();
  await expect(page.locator('.hops > li.cur')).toContainText('Internet gateway igw');
  await expect(page.locator('.player .now')).toContainText('Hop 6 of 6');
});

test('another destination and another request are asked at once', async ({ page }) => {
  const reach = await Reach.open(page);
  await reach.openCase('s3-gateway-endpoint');
  await page.getByLabel('To', { exact: true }).selectOption('?');
  await page.getByLabel(/^Destination/).fill('https://example.com');
  await page.getByRole('button', { name: 'Ask' }).click();
  await expect(reach.verdict).toHaveText('Times out');
  await expect(page.locator('.row.rest.hit')).toContainText('No route matches');
  await page.getByLabel('To', { exact: true }).selectOption('s3://photos');
  await expect(reach.verdict).toHaveText('Succeeds');
});

test('the packet steps from hop to hop', async ({ page }) => {
  await Reach.open(page);
  await page.getByRole('button', { name: 'First hop' }).click();
  await expect(page.locator('.player .now')).toContainText('Hop 1 of 6');
  await page.getByRole('button', { name: 'Next hop' }).click();
  await expect(page.locator('.player .now')).toContainText('Hop 2 of 6');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(page.locator('.player .now')).toContainText('Hop 6 of 6');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
});

test('the log is run: the function waits, and the wait can be skipped', async ({ page }) => {
  await page.clock.install();
  const reach = await Reach.open(page);
  await reach.settled();
  await reach.stopClock();
  await page.getByRole('button', { name: 'Run' }).click();
  await expect(reach.log).not.toContainText('Task timed out');
  await expect(reach.log).toContainText('waits');
  await page.getByRole('button', { name: 'Skip' }).click();
  await expect(reach.log).toContainText('Task timed out after 30.00 seconds');
  await expect(page.getByRole('button', { name: 'Run' })).toBeVisible();
});

test('pointing at a gateway lights up the routes that lead to it, their tables and subnets', async ({ page }) => {
  const reach = await Reach.open(page);
  await reach.openCase('nat-gateway');
  await page.getByRole('treeitem', { name: /^nat\s*NAT gateway/ }).hover();
  const lit = page.locator('.row.route.lit');
  await expect(lit.filter({ hasText: '0.0.0.0/0' }).filter({ hasText: 'nat' })).toHaveCount(1);
  await page.getByRole('treeitem', { name: /^igw\s*Internet/ }).hover();
  await expect(lit).toHaveCount(1);
  await expect(lit).toContainText('igw');
  await expect(page.locator('.subnet.rel')).toHaveCount(1);
});
