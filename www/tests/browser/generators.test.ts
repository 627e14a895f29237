import { readFileSync } from 'node:fs';

import { expect, test } from '@playwright/test';

/**
 * Pages as generators of documentation write them for docs/embedding.md: where the script stands, what wraps the
 * element, and what runs beside it. They are written by hand after those tools' templates, not by the tools.
 */
const generators = [
  {
    name: 'mdBook',
    // Scripts of the book come last in the body, as classic scripts; its own script sets the theme's class on <html>.
    html: (element: string) => `<!DOCTYPE HTML><html lang="en" class="light sidebar-visible" dir="ltr"><head><meta charset="UTF-8"><title>Lambda in a VPC - Handbook</title><base href="/"></head><body><div id="body-container"><script>const html = document.documentElement; html.classList.remove('light'); html.classList.add('navy', 'js');</script><div id="page-wrapper" class="page-wrapper"><div class="page"><div id="content" class="content"><main><h1 id="lambda"><a class="header" href="#lambda">Lambda in a VPC</a></h1>${element}</main></div></div></div><script src="/vpc-playground.offline.js"></script></div></body></html>`,
    element: '<vpc-playground scenario="internet-gateway-only">\n<p>The function times out.</p>\n</vpc-playground>',
  },
  {
    name: 'MkDocs',
    // Markdown wraps what it takes for inline HTML in a paragraph; the script is a module at the end.
    html: (element: string) => `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Handbook</title></head><body class="homepage"><div class="container"><div class="row"><div class="col-md-9" role="main"><h1 id="lambda">Lambda in a VPC</h1><p>${element}</p></div></div></div><script>var base_url = ".";</script><script src="/vpc-playground.js" type="module"></script></body></html>`,
    element: '<vpc-playground scenario="internet-gateway-only"></vpc-playground>',
  },
  {
    name: 'Docusaurus',
    // The module stands in the head, before the element; React takes the server's markup over later.
    html: (element: string) => `<!doctype html><html lang="en" dir="ltr" class="plugin-docs" data-has-hydrated="false"><head><meta charset="UTF-8"><title>Lambda in a VPC | Handbook</title><script src="/vpc-playground.js" type="module"></script></head><body class="navigation-with-keyboard"><div id="__docusaurus"><div class="theme-doc-markdown markdown"><header><h1>Lambda in a VPC</h1></header>${element}</div></div><script>addEventListener('load', () => { document.documentElement.dataset.hasHydrated = 'true'; });</script></body></html>`,
    element: '<vpc-playground scenario="internet-gateway-only"></vpc-playground>',
  },
  {
    name: 'VitePress',
    // Navigation replaces the content: the element goes and comes while the script stays.
    html: (element: string) => `<!DOCTYPE html><html lang="en-US" dir="ltr"><head><meta charset="utf-8"><title>Lambda in a VPC | Handbook</title><script type="module" src="/vpc-playground.js"></script></head><body><div id="app"><div class="vp-doc _lambda"><div><h1 id="lambda" tabindex="-1">Lambda in a VPC</h1>${element}</div></div></div><script>setTimeout(() => { const doc = document.querySelector('.vp-doc > div'); const content = doc.innerHTML; doc.innerHTML = '<p>Another page</p>'; setTimeout(() => { doc.innerHTML = content; document.body.dataset.back = ''; }, 50); }, 300);</script></body></html>`,
    element: '<vpc-playground scenario="internet-gateway-only"></vpc-playground>',
    settled: 'body[data-back]',
  },
];

test('the guide has each of them', () => {
  const guide = readFileSync(new URL('../../../docs/embedding.md', import.meta.url), 'utf8');
  for (const { name } of generators) expect(guide).toContain(`**${name}**`);
});

for (const { name, html, element, settled } of generators) {
  test(`a page as ${name} writes it shows the verdict`, async ({ page }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.route('**/handbook.html', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html(element) }));
    await page.goto('/handbook.html');
    if (settled) await page.locator(settled).waitFor();
    await expect(page.locator('vpc-playground .word')).toContainText('Times out');
    await expect(page.getByRole('treeitem', { name: /^igw\s*Internet gateway/ })).toBeVisible();
    expect(errors).toEqual([]);
  });
}
