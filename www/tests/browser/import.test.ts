import { readdirSync, readFileSync } from 'node:fs';

import { expect, test, type Page } from '@playwright/test';

import { Reach, samples } from './page';

/** Drops the files of a folder on the page, as a person does with the mouse. */
async function drop(page: Page, folder: string): Promise<void> {
  const files = readdirSync(`${samples}/${folder}`).filter((name) => name.endsWith('.json') && name !== 'expected.json');
  const contents = files.map((name) => ({ name, text: readFileSync(`${samples}/${folder}/${name}`, 'utf8') }));
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const { name, text } of list) data.items.add(new File([text], name, { type: 'application/json' }));
    return data;
  }, contents);
  const app = page.locator('.app');
  await app.dispatchEvent('dragenter', { dataTransfer: transfer });
  await expect(page.locator('.drop-here')).toBeVisible();
  await app.dispatchEvent('drop', { dataTransfer: transfer });
}

test.describe('a real dump dropped on the page', () => {
  for (const [folder, verdict] of [
    ['public-subnet', 'Times out'],
    ['nat', 'Succeeds'],
    ['gateway-endpoint', 'Succeeds'],
    ['nacl-no-return', 'Times out'],
  ] as const) {
    test(`${folder}: ${verdict}`, async ({ page }) => {
      const reach = await Reach.open(page);
      await drop(page, folder);
      await expect(page.locator('.status')).toContainText('imported');
      await expect(reach.verdict).toHaveText(verdict);
    });
  }
});

test('a large dump offers its functions and buckets, and starts with the path', async ({ page }) => {
  const reach = await Reach.open(page);
  await drop(page, 'large');
  await expect(page.locator('.status')).toContainText('imported');
  const functions = page.getByLabel('From', { exact: true }).locator('option');
  expect(await functions.count()).toBeGreaterThan(3);
  const gateway = functions.filter({ hasText: 'nat' }).first();
  await page.getByLabel('From', { exact: true }).selectOption(await gateway.getAttribute('value'));
  await expect(reach.verdict).not.toHaveText('');
  await expect(page.getByRole('button', { name: 'Focus on path' })).toHaveAttribute('aria-pressed', 'true');
  await reach.expectNoSidewaysScroll();
});

test('files that are something else are named, and the document stays', async ({ page }) => {
  const reach = await Reach.open(page);
  await page.getByRole('button', { name: 'Import' }).click();
  await page.locator('input[data-kind="files"]').setInputFiles([{ name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from('{"hello":') }]);
  await expect(page.getByRole('alert')).toContainText('Nothing in these files');
  await expect(page.getByRole('dialog')).toContainText('notes.json');
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(reach.verdict).toHaveText('Times out');
});

test('the script that collects everything can be read and copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await Reach.open(page);
  await page.getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('describe-route-tables');
  await dialog.getByRole('button', { name: 'Copy' }).first().click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('describe-route-tables');
  await dialog.getByText('IAM permissions').click();
  await expect(dialog).toContainText('ec2:DescribeRouteTables');
});
