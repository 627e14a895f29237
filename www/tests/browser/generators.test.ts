import { existsSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';

import { expect, test, type Page } from '@playwright/test';

import { repository } from './page';

/**
 * Pages as generators of documentation write them for docs/embedding.md: where the script stands, what wraps the
 * element, and what runs beside it. They are written by hand after the templates of tools that take long to install.
 */
const generators = [
  {
    name: 'mdBook',
    // Scripts of the book come last in the body, as classic scripts; its own script sets the theme's class on <html>.
    html: (element: string) => `<!DOCTYPE HTML><html lang="en" class="light sidebar-visible" dir="ltr"><head><meta charset="UTF-8"><title>Lambda in a VPC - Handbook</title><base href="/"></head><body><div id="body-container"><script>const html = document.documentElement; html.classList.remove('light'); html.classList.add('navy', 'js');</script><div id="page-wrapper" class="page-wrapper"><div class="page"><div id="content" class="content"><main><h1 id="lambda"><a class="header" href="#lambda">Lambda in a VPC</a></h1>${element}</main></div></div></div><script src="/vpc-playground.offline.js"></script></div></body></html>`,
    element: '<vpc-playground scenario="internet-gateway-only">\n<p>The function times out.</p>\n</vpc-playground>',
  },
  {
    name: 'Docusaurus',
    // The module stands in the head, before the element; React takes the server's markup over later.
    html: (element: string) => `<!doctype html><html lang="en" dir="ltr" class="plugin-docs" data-has-hydrated="false"><head><meta charset="UTF-8"><title>Lambda in a VPC | Handbook</title><script src="/vpc-playground.js" type="module"></script></head><body class="navigation-with-keyboard"><div id="__docusaurus"><div class="theme-doc-markdown markdown"><header><h1>Lambda in a VPC</h1></header>${element}</div></div><script>addEventListener('load', () => { document.documentElement.dataset.hasHydrated = 'true'; });</script></body></html>`,
    element: '<vpc-playground scenario="internet-gateway-only"></vpc-playground>',
  },
];

/** Sites that `make test` builds with the generators themselves, from tests/generators. */
const built = [
  { name: 'VitePress', site: 'vitepress' },
  { name: 'MkDocs', site: 'mkdocs' },
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
  for (const { name } of [...generators, ...built]) expect(guide).toContain(`**${name}**`);
});

for (const { name, html, element } of generators) {
  test(`a page as ${name} writes it shows the verdict`, async ({ page }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.route('**/handbook.html', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html(element) }));
    await page.goto('/handbook.html');
    await expect(page.locator('vpc-playground .word')).toContainText('Times out');
    await expect(page.getByRole('treeitem', { name: /^igw\s*Internet gateway/ })).toBeVisible();
    expect(errors).toEqual([]);
  });
}

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
    // One replaces the content and keeps the script, the other loads a new page.
    await page.getByRole('main').getByRole('link', { name: 'Another page' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Another page');
    await expect(page.locator('vpc-playground')).toHaveCount(0);
    await page.getByRole('main').getByRole('link', { name: 'Back' }).click();
    await shows();
    expect(errors).toEqual([]);
  });
}
