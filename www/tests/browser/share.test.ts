import { readFileSync } from 'node:fs';

import { expect, test, type Page } from '@playwright/test';

import { expectNoViolation } from './axe';
import { copiedBy, linkOf, Reach } from './page';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const markup = '</script><img src=x onerror=window.hacked=1>';

const hacked = (page: Page): Promise<boolean> => page.evaluate(() => 'hacked' in window);

async function openShare(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Share' })).toBeVisible();
}

/** Names that are markup, everywhere where there is a name. */
const hostile = JSON.stringify({
  title: `${markup} [x](javascript:alert(1))`,
  vpcs: { [markup]: { cidr: '10.0.0.0/16' } },
  subnets: { [markup]: { cidr: '10.0.0.0/24' } },
  securityGroups: { [markup]: {} },
  routeTables: { [markup]: { subnets: [markup], routes: [{ destination: '0.0.0.0/0', target: markup }] } },
  internetGateways: { [markup]: {} },
  functions: { [markup]: { subnets: [markup], securityGroups: [markup] } },
  buckets: { [markup]: {} },
});

test('a link restores document, question and view, and follows what is changed', async ({ page, context }) => {
  const reach = await Reach.open(page);
  await reach.openCase('one-of-two-subnets');
  await page.getByRole('button', { name: 'Network ACLs' }).click();
  await page.getByLabel('To', { exact: true }).selectOption('service/sts');
  await openShare(page);
  await expectNoViolation(page);
  const link = await copiedBy(page, page.getByRole('button', { name: 'Copy: Link' }));
  expect(link).toMatch(/\/#1\.[\w-]+$/);
  expect(link.length).toBeLessThan(200);

  const other = new Reach(await context.newPage());
  await other.page.goto(link);
  await expect(other.verdict).not.toHaveClass(/quiet/);
  await expect(other.page.getByLabel('To', { exact: true })).toHaveValue('service/sts');
  await expect(other.page.getByRole('button', { name: 'Network ACLs' })).toHaveAttribute('aria-pressed', 'false');
  await expect(other.page.getByRole('treeitem', { name: /^both-subnets/ }).first()).toBeVisible();

  await other.page.getByLabel('To', { exact: true }).selectOption('s3://photos');
  await expect.poll(() => other.page.url()).not.toBe(link);
  await other.page.reload();
  await expect(other.page.getByLabel('To', { exact: true })).toHaveValue('s3://photos');
  await other.page.goBack();
  expect(other.page.url()).toBe('about:blank');
});

test('a link that was opened by hand replaces the document', async ({ page }) => {
  const reach = await Reach.open(page);
  await openShare(page);
  const link = await page.getByRole('textbox', { name: 'Link', exact: true }).inputValue();
  await page.keyboard.press('Escape');
  await reach.openCase('nat-gateway');
  await expect(reach.verdict).toHaveText('Succeeds');
  await page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
  await expect(reach.verdict).toHaveText('Times out');
});

const [{ link: givenOut }] = JSON.parse(readFileSync(new URL('../unit/links.json', import.meta.url), 'utf8')) as [{ link: string }];

/** A link of 10 MB that deflates to some kilobytes. */
const bomb = (): string => linkOf(new Uint8Array(10_000_000).fill(0x20));

for (const [name, fragment, message] of [
  ['a newer version', '#7.abcd', 'of version 7'],
  ['a link that was cut off', givenOut.slice(0, -6), 'It was cut off'],
  ['random bytes', `#1.${Buffer.from('a few bytes that are nothing at all').toString('base64url')}`, /was changed|cut off/],
  ['a bomb of 10 MB', bomb(), 'unpacks to more than 2 MB'],
] as const) {
  test(`${name}: it is said what is wrong, and the work that is there stays`, async ({ page }) => {
    const reach = await Reach.open(page);
    await reach.openCase('nat-gateway');
    await page.evaluate((hash) => (location.hash = hash), fragment);
    await expect(page.getByRole('alert')).toContainText(message);
    await expect(reach.verdict).toHaveText('Succeeds');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect(page.getByRole('alert')).toHaveCount(0);

    await page.reload();
    await expect(page.getByRole('alert')).toContainText(message);
    await expect(reach.verdict).toHaveText('Times out');
  });
}

test('the embed snippet works where it is pasted, and nothing in the document runs', async ({ page }) => {
  const reach = await Reach.open(page);
  await reach.openText();
  await reach.write(hostile);
  await expect(page.locator('.because')).toContainText('<img src=x');
  await openShare(page);
  const snippet = await copiedBy(page, page.getByRole('button', { name: 'Copy: Embed in a page' }));
  expect(snippet).not.toContain('<img');
  expect(await copiedBy(page, page.getByRole('button', { name: 'Copy: Markdown link' }))).toMatch(/^\[[^\]]*\\\[x\\\][^\]]*\]\(http:\/\/localhost:\d+\/#1\.[\w-]+\)$/);
  await page.route('**/pasted.html', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<!doctype html><title>Pasted</title>${snippet}` }));
  await page.goto('/pasted.html');
  await expect(page.getByRole('treeitem', { name: '<img src=x' }).first()).toBeVisible();
  expect(await hacked(page)).toBe(false);
});

test('the document is exported as a file', async ({ page }) => {
  await Reach.open(page);
  await openShare(page);
  const downloaded = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Document (JSON)' }).click();
  const download = await downloaded;
  expect(download.suggestedFilename()).toBe('a-function-behind-an-internet-gateway-only.json');
  expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toHaveProperty('functions.thumbnailer');
});

for (const [name, ending, content] of [
  ['YAML', 'yaml', /^functions:\n {2}thumbnailer:/m],
  ['Terraform', 'tf', /^resource "aws_lambda_function" /m],
  ['CloudFormation', 'template.json', /"AWS::Lambda::Function"/],
] as const) {
  test(`the document is exported as ${name}`, async ({ page }) => {
    await Reach.open(page);
    await openShare(page);
    const downloaded = page.waitForEvent('download');
    await page.getByRole('button', { name, exact: true }).click();
    const download = await downloaded;
    expect(download.suggestedFilename()).toBe(`a-function-behind-an-internet-gateway-only.${ending}`);
    expect(readFileSync(await download.path(), 'utf8')).toMatch(content);
  });
}

test('the diagram is exported as SVG and PNG, and names with markup in them stay text', async ({ page }) => {
  const reach = await Reach.open(page);
  await reach.openText();
  await reach.write(hostile);
  await expect(page.locator('.because')).toContainText('<img src=x');
  await openShare(page);
  const export_ = async (name: string): Promise<Buffer> => {
    const downloaded = page.waitForEvent('download');
    await page.getByRole('button', { name }).click();
    return readFileSync(await (await downloaded).path());
  };
  const svg = (await export_('Diagram (SVG)')).toString();
  const found = await page.evaluate((text) => {
    const document = new DOMParser().parseFromString(text, 'image/svg+xml');
    const attributes = [...document.querySelectorAll('*')].flatMap((element) => [...element.attributes].map(({ name }) => name));
    return {
      root: document.documentElement.localName,
      foreign: document.querySelectorAll('img, script, foreignObject, parsererror').length,
      handlers: attributes.filter((name) => name.startsWith('on')),
      text: document.documentElement.textContent,
    };
  }, svg);
  expect(found).toMatchObject({ root: 'svg', foreign: 0, handlers: [] });
  expect(found.text).toContain('<img src=x');

  const png = await export_('Diagram (PNG)');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.readUInt32BE(16)).toBeGreaterThan(600);
  expect(await hacked(page)).toBe(false);
});
