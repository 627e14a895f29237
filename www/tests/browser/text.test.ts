import { expect, test } from '@playwright/test';

import { hold, Reach } from './page';

const blocked = JSON.stringify({
  subnets: { a: { cidr: '10.0.0.0/24' } },
  vpcs: { main: { cidr: '10.0.0.0/16' } },
  functions: { reader: { subnets: ['a'], securityGroups: ['default'], timeout: 7 } },
  buckets: { reports: {} },
});

test('the answer follows the text, and a broken text loses nothing', async ({ page }) => {
  const reach = await Reach.open(page);
  await reach.openText();
  await reach.write(blocked);
  await expect(page.locator('.because')).toContainText('no route');
  await expect(reach.log).toContainText('Task timed out after 7.00 seconds');
  await expect(page.getByLabel('From', { exact: true })).toHaveValue('function/reader');

  await page.keyboard.press('End');
  await page.keyboard.type(', "rou');
  await expect(page.locator('.word')).toContainText('as of your last valid text');
  await expect(reach.textBox).toContainText('"rou');
  await expect(reach.diagram.getByRole('treeitem', { name: /^reader\s*Lambda function/ })).toBeVisible();
  await expect(page.locator('.status')).toContainText('1 problem');

  for (let times = 0; times < 6; times += 1) await page.keyboard.press('Backspace');
  await expect(page.locator('.word')).not.toContainText('as of your last valid text');
  await expect(page.locator('.status')).toContainText('No problems');

  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(reach.verdict).toHaveText('Times out');
  await expect(page.locator('.card').filter({ hasText: 'thumbnailer' })).toBeVisible();
});

test('who writes before the editor is there goes on writing in it', async ({ page }) => {
  const deliver = await hold(page, /\/editor-[^/]*\.js$/);
  const reach = await Reach.open(page);
  await page.getByRole('tab', { name: 'Text' }).click();
  await page.locator('textarea').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(blocked.replace('"timeout":7', '"timeout":'));
  for (let steps = 0; steps < '}},"buckets":{"reports":{}}}'.length; steps += 1) await page.keyboard.press('ArrowLeft');
  await page.keyboard.type('1');
  deliver();
  await expect(reach.textBox).toBeFocused();
  await page.keyboard.type('3');
  await expect(reach.log).toContainText('Task timed out after 13.00 seconds');
  expect(await reach.text()).toBe(blocked.replace('"timeout":7', '"timeout":13'));
});

test('a document in YAML is read too', async ({ page }) => {
  const reach = await Reach.open(page);
  await reach.openText();
  await reach.write('vpcs:\n  main: { cidr: 10.0.0.0/16 }\nsubnets:\n  a: { cidr: 10.0.0.0/24 }\nfunctions:\n  from-yaml: { subnets: [a], securityGroups: [default] }\nbuckets:\n  b: {}\n');
  await expect(reach.diagram.getByRole('treeitem', { name: /^from-yaml\s*Lambda function/ })).toBeVisible();
  await expect(page.locator('.status')).toContainText('No problems');
});

test('fields, words and names are completed, and fields explained', async ({ page }) => {
  const reach = await Reach.open(page);
  await reach.openText();
  await reach.write('{ "subnets": { "a": { "cidr": "10.0.0.0/24" } }, "functions": { "f": {  } } }');
  await expect(reach.diagram).toBeVisible();
  for (let steps = 0; steps < 6; steps += 1) await page.keyboard.press('ArrowLeft');
  await page.keyboard.type('"sub');
  const chosen = page.locator('.cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled) [aria-selected="true"]');
  /** The editor takes no key for the list as long as it looks for words, nor right after it came up. */
  const accept = async (word: string | RegExp): Promise<void> => {
    await expect(chosen).toHaveText(word);
    await page.waitForTimeout(150);
    await expect(chosen).toHaveText(word);
    await page.keyboard.press('Enter');
  };
  await accept(/^subnets/);
  await expect(reach.textBox).toContainText('"subnets": []');
  await page.keyboard.type('"');
  await accept(/^a/);
  await expect(reach.textBox).toContainText('"subnets": ["a"]');
  await page.getByText('"cidr"').hover();
  await expect(page.locator('.cm-about')).toContainText('IPv4 CIDR block');
});

test('a wrong name is reported with the nearest valid one', async ({ page }) => {
  const reach = await Reach.open(page);
  await reach.openText();
  await reach.write(blocked.replace('"subnets":["a"]', '"subnets":["aa"]'));
  await page.locator('.status').getByRole('button', { name: /problem/ }).click();
  await expect(page.locator('.pop')).toContainText('aa');
  await expect(page.locator('.pop')).toContainText('/functions/reader/subnets/0');
});

test('names with markup in them stay text', async ({ page }) => {
  const reach = await Reach.open(page);
  await reach.openText();
  await reach.write(blocked.replaceAll('"reader"', '"<img src=x onerror=window.hacked=1>"').replaceAll('"reports"', '"<b>x</b>"'));
  await expect(page.locator('.card').filter({ hasText: '<img src=x' }).first()).toBeVisible();
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});
