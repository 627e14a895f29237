import { mkdirSync, writeFileSync } from 'node:fs';

import { expect, test } from '@playwright/test';

import { Reach, repository } from './page';

const dist = `file://${repository}www/dist`;

test('the whole playground works from a file, with everything that is otherwise loaded later', async ({ page }) => {
  const requests: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(dist) && !/^(blob|data):/.test(request.url())) requests.push(request.url());
  });
  const reach = new Reach(page);
  await page.goto(`${dist}/offline.html`);
  await expect(reach.verdict).toHaveText('Times out');
  await reach.openText();
  await reach.write('vpcs: { main: { cidr: 10.0.0.0/16 } }\nsubnets: { a: { cidr: 10.0.0.0/24 } }\nfunctions: { from-yaml: { subnets: [a], securityGroups: [default] } }\nbuckets: { b: {} }\n');
  await expect(reach.diagram.getByRole('treeitem', { name: /^from-yaml/ })).toBeVisible();
  await page.getByLabel('Language').selectOption('ja');
  await expect(reach.verdict).toHaveText('タイムアウト');
  expect(requests).toEqual([]);
});

test('a page of one’s own embeds it from a file, and opens the full playground with the state', async ({ page, context }, info) => {
  mkdirSync(info.outputDir, { recursive: true });
  const file = info.outputPath('note.html');
  const document = JSON.stringify({ vpcs: { main: { cidr: '10.0.0.0/16' } }, subnets: { a: { cidr: '10.0.0.0/24' } }, functions: { mine: { subnets: ['a'], securityGroups: ['default'] } }, buckets: { b: {} } });
  writeFileSync(file, `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Note</title><script src="${dist}/vpc-playground.offline.js"></script></head><body><vpc-playground><script type="application/json">${document}</script></vpc-playground></body></html>`);
  await page.goto(`file://${file}`);
  await expect(page.locator('vpc-playground .word')).toContainText('Times out');
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: /vpcreach/ }).click();
  const full = await opened;
  await expect(full.getByRole('treeitem', { name: /^mine/ }).first()).toBeVisible();
});
