import { expect, test, type Locator, type Page } from '@playwright/test';

import { expectNoViolation } from './axe';
import { Reach } from './page';

const fixes = (page: Page): Locator => page.locator('.fixes');
const cards = (page: Page): Locator => page.getByRole('article');

async function openCards(page: Page): Promise<void> {
  await fixes(page).getByRole('button', { name: /^(All \d+ cures|\d+ 件の解決策をすべて見る|\d+ cheaper ways?)$/ }).click();
  await expect(cards(page).first()).toBeVisible();
}

test('both cures stand below the verdict with their price, one click applies one, one undo takes it back', async ({ page }) => {
  await page.clock.install();
  const reach = await Reach.open(page);
  const endpoint = fixes(page).getByRole('button', { name: /^Create a gateway endpoint for S3 no extra cost$/ });
  await expect(fixes(page).getByRole('button', { name: /^Create a NAT gateway about \$[\d.]+ more a month$/ })).toBeVisible();
  const before = await new Reach(page).text();
  await reach.settled();
  await reach.stopClock();
  await endpoint.click();
  await expect(reach.verdict).toHaveText('Succeeds');
  await expect(page.getByText('VPC endpoint vpce-s3 created', { exact: true })).toBeVisible();
  // What is new is marked, and the packet sets out.
  await expect(page.locator('.card[data-tag="added"]')).toHaveCount(1);
  await expect(page.locator('.row.route[data-tag="added"]')).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect(reach.verdict).toHaveText('Times out');
  expect(await new Reach(page).text()).toBe(before);
  await expect(page.getByRole('button', { name: 'Undo', exact: true }).first()).toBeDisabled();
  await expect(page.locator('[data-tag]')).toHaveCount(0);
});

test('cures are sorted, priced for the traffic, previewed and compared', async ({ page }) => {
  const reach = await Reach.open(page);
  await openCards(page);
  await expect(cards(page)).toHaveCount(5);
  const nat = cards(page).filter({ has: page.getByRole('heading', { name: 'Create a NAT gateway' }) });
  const price = await nat.locator('.price').innerText();
  await page.getByRole('spinbutton', { name: 'GB a month' }).fill('2000');
  await page.keyboard.press('Enter');
  await expect(nat.locator('.price')).not.toHaveText(price);

  await page.getByRole('combobox', { name: 'Sort cures' }).selectOption('price');
  await expect(cards(page).last().getByRole('heading')).toHaveText('Create a NAT gateway');

  const before = await new Reach(page).text();
  await nat.getByRole('button', { name: 'Preview' }).click();
  await expect(reach.verdict).toHaveText('Succeeds');
  await expect(fixes(page).getByRole('status')).toHaveText('Preview, not applied');
  await expect(page.getByRole('treeitem', { name: /^nat\s*NAT gateway/ })).toBeVisible();
  expect(await new Reach(page).text()).toBe(before);
  await fixes(page).getByRole('button', { name: 'Back to what is' }).click();
  await expect(reach.verdict).toHaveText('Times out');
  await expect(page.getByRole('treeitem', { name: /^nat\s*NAT gateway/ })).toHaveCount(0);

  await nat.getByRole('checkbox', { name: 'Compare' }).check();
  await cards(page).filter({ has: page.getByRole('heading', { name: 'Create a gateway endpoint for S3' }) }).getByRole('checkbox', { name: 'Compare' }).check();
  const table = page.getByRole('table', { name: 'Compare' });
  await expect(table.getByRole('columnheader')).toHaveText(['Create a gateway endpoint for S3', 'Create a NAT gateway']);
  await expect(table.getByRole('cell').first()).toHaveText('no extra cost');

  await nat.getByRole('button', { name: 'Apply' }).click();
  await expect(reach.verdict).toHaveText('Succeeds');
  await expect(fixes(page).getByRole('button', { name: /cheaper way/ })).toBeVisible();
});

test('a cure is taken away as code', async ({ page }) => {
  await Reach.open(page);
  await openCards(page);
  const card = cards(page).first();
  await card.getByText('As code').click();
  const code = card.locator('pre');
  await expect(code).toContainText('resource "aws_vpc_endpoint"');
  await card.getByRole('button', { name: 'AWS CLI' }).click();
  await expect(code).toContainText('aws ec2 create-vpc-endpoint');
  await card.getByRole('button', { name: 'CloudFormation' }).click();
  await expect(code).toContainText('AWS::EC2::VPCEndpoint');
});

test('by keyboard alone', async ({ page }) => {
  const reach = await Reach.open(page);
  await expect(fixes(page).getByRole('button', { name: /^All/ })).toBeVisible();
  await fixes(page).getByRole('button', { name: /^All/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Sort cures' })).toBeFocused();
  const apply = cards(page).first().getByRole('button', { name: 'Apply' });
  for (let presses = 0; presses < 8 && !(await apply.evaluate((button) => button.matches(':focus'))); presses += 1) await page.keyboard.press('Tab');
  await expect(apply).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(reach.verdict).toHaveText('Succeeds');
  await page.keyboard.press('Control+z');
  await expect(reach.verdict).toHaveText('Times out');
});

test('what costs less is said of what succeeds', async ({ page }) => {
  const reach = await Reach.open(page);
  await reach.openCase('nat-gateway');
  await openCards(page);
  await expect(page.locator('.cures')).toContainText(/NAT gateway nat.* carr/);
  await expect(cards(page).first().getByRole('heading')).toHaveText('Create a gateway endpoint for S3');
});

test('what must stay closed and is open is closed by one change', async ({ page }) => {
  const reach = await Reach.open(page);
  await reach.openCase('nat-gateway');
  await page.locator('vpc-playground').evaluate((element) => {
    const playground = element as HTMLElement & { text: string };
    playground.text = JSON.stringify({ ...(JSON.parse(playground.text) as object), expect: [{ from: 'thumbnailer', to: 'https://example.com', verdict: 'timesOut' }] });
  });
  await expect(page.locator('.cures h2')).toHaveText('Cures');
  await page.locator('.cures .who').first().click();
  await expect(page.locator('.cures')).toContainText('These close the way');
  await cards(page).first().getByRole('button', { name: 'Apply' }).click();
  await expect(page.locator('h1')).toHaveText('Times out');
  await expect(page.getByRole('tab', { name: /Checks/ })).toContainText('1/1');
});

test('why there is no cure', async ({ page }) => {
  await Reach.open(page);
  const document = { vpcs: { main: { cidr: '10.0.0.0/16' } }, subnets: { a: { cidr: '10.0.0.0/24' } }, functions: { caller: { subnets: ['a'], securityGroups: ['default'], state: 'Failed' } }, buckets: { photos: {} } };
  await page.locator('vpc-playground').evaluate((element, text) => ((element as HTMLElement & { text: string }).text = text), JSON.stringify(document));
  await expect(fixes(page)).toHaveText('No proven cure');
  await expect(page.locator('.cures')).toContainText('no change of the network starts it');
});

test('a lesson gives no cure away before it is solved', async ({ page }) => {
  const reach = await Reach.open(page);
  await expect(fixes(page)).toContainText('gateway endpoint');
  await reach.openStart();
  await page.getByRole('tab', { name: 'Lessons' }).click();
  await page.locator('.lesson').first().click();
  await expect(page.getByRole('tab', { name: 'Lesson', exact: true })).toHaveAttribute('aria-selected', 'true');
  await expect(fixes(page)).toHaveText('');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('a long price has its lines', async ({ page }) => {
    const reach = await Reach.open(page);
    await reach.openCase('situations/global-sts-name');
    await expect(fixes(page)).toContainText('and the instance');
    await reach.expectNoSidewaysScroll();
  });
});

for (const [name, use] of [
  ['light, English', { colorScheme: 'light' }],
  ['phone, dark, Japanese', { colorScheme: 'dark', locale: 'ja-JP', viewport: { width: 390, height: 844 } }],
] as const) {
  test.describe(name, () => {
    test.use(use);
    test('cards, comparison and preview have no accessibility violation', async ({ page }) => {
      test.slow();
      const reach = await Reach.open(page);
      await openCards(page);
      for (const card of [0, 4]) await cards(page).nth(card).getByRole('checkbox').check();
      for (const summary of await cards(page).first().locator('summary').all()) await summary.click();
      await expect(cards(page).first().locator('pre')).not.toBeEmpty();
      await reach.expectNoSidewaysScroll();
      await expectNoViolation(page);
      await cards(page).nth(4).getByRole('button', { name: /Preview|プレビュー/ }).click();
      await expect(fixes(page).getByRole('status')).toBeVisible();
      await reach.expectNoSidewaysScroll();
      await expectNoViolation(page);
    });
  });
}
