import { existsSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';

import { expect, test, type Page } from '@playwright/test';

import { repository } from './page';

/**
 * A page as Docusaurus writes it for docs/embedding.md, by hand after its template: it takes over a thousand packages to
 * install. The module stands in the head, before the element; React takes the server's markup over later.
 */
const docusaurus = `<!doctype html><html lang="en" dir="ltr" class="plugin-docs" data-has-hydrated="false"><head><meta charset="UTF-8"><title>Lambda in a VPC | Handbook</title><script src="/vpc-playground.js" type="module"></script></head><body class="navigation-with-keyboard"><div id="__docusaurus"><div class="theme-doc-markdown markdown"><header><h1>Lambda in a VPC</h1></header><vpc-playground scenario="internet-gateway-only"></vpc-playground></div></div><script>addEventListener('load', () => { document.documentElement.dataset.hasHydrated = 'true'; });</script></body></html>`;

/** Sites that `make test` builds with the generators themselves, from tests/generators. */
const built = [
  { name: 'VitePress', site: 'vitepress' },
  { name: 'MkDocs', site: 'mkdocs' },
  { name: 'mdBook', site: 'mdbook' },
];

const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };

/** Serves the built site at its address, beside the script. */
async function serve(page: Page, site: string): Promise<void> {
  await page.route(`**/${site}/**`, (route) => {
    const path = decodeURIComponent(new URL(route.request().url()).pathname).replace(/\/$/, '/index.html');
    const file = `${repository}target/generators${path}`;
    return existsSync(file) ? route.fulfill({ body: readFileSync(file), contentType: TYPES[extname(file)] ?? 'application/octet-stream' }) : route.fulfill({ status: 404 });
  });
}

test('the guide has each of them', () => {
  const guide = readFileSync(new URL('../../../docs/embedding.md', import.meta.url), 'utf8');
  for (const name of ['Docusaurus', ...built.map((one) => one.name)]) expect(guide).toContain(`**${name}**`);
});

test('a page as Docusaurus writes it shows the verdict', async ({ page }) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.route('**/handbook.html', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: docusaurus }));
  await page.goto('/handbook.html');
  await expect(page.locator('vpc-playground .word')).toContainText('Times out');
  await expect(page.getByRole('treeitem', { name: /^igw\s*Internet gateway/ })).toBeVisible();
  expect(errors).toEqual([]);
});

for (const { name, site } of built) {
  test(`a page that ${name} built shows the verdict, on a visit and after another page`, async ({ page }) => {
    test.skip(!existsSync(`${repository}target/generators/${site}`) && !process.env['CI'], '`make test` builds it first');
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await serve(page, site);
    const shows = async (): Promise<void> => {
      await expect(page.locator('vpc-playground .word')).toContainText('Times out');
      await expect(page.getByRole('treeitem', { name: /^igw\s*Internet gateway/ })).toBeVisible();
    };
    await page.goto(`/${site}/`);
    await shows();
    // VitePress replaces the content and keeps the script, the others load a new page.
    await page.getByRole('main').getByRole('link', { name: 'Another page' }).click();
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toContainText('Another page');
    await expect(page.locator('vpc-playground')).toHaveCount(0);
    await page.getByRole('main').getByRole('link', { name: 'Back' }).click();
    await shows();
    expect(errors).toEqual([]);
  });
}
