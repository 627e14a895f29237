// Takes the pictures of the main states for the README and the docs: npm run pictures

import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { serve } from './serve.mjs';

const folder = fileURLToPath(new URL('../../docs/pictures', import.meta.url));
mkdirSync(folder, { recursive: true });

const HANDBOOK = `<!doctype html><html lang="en"><head><title>Handbook</title><meta name="viewport" content="width=device-width">
<style>:root{color-scheme:light dark}body{margin:24px auto;max-width:720px;padding:0 12px;font:16px/1.6 system-ui,sans-serif}vpc-playground{margin:16px 0}</style></head>
<body><main><h1>Lambda in a VPC</h1><p>Put the function in a public subnet and its calls to S3 hang, although an internet gateway is attached:</p>
<vpc-playground scenario="internet-gateway-only"></vpc-playground>
<p>A gateway endpoint mends it. Change it and see:</p>
<vpc-playground mode="try" scenario="s3-gateway-endpoint"></vpc-playground>
</main><script type="module" src="/vpc-playground.js"></script></body></html>`;

const { origin, browser, close } = await serve({ '/handbook.html': HANDBOOK });

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

/** Stands still at the end: the packet at its last hop, nothing fading in. */
const SETTLE = 900;

async function take(name, { viewport = DESKTOP, colorScheme = 'light', locale = 'en-US', path = '/', fullPage = false, state = async () => {} }) {
  const context = await browser.newContext({ viewport, colorScheme, locale, reducedMotion: 'reduce', hasTouch: viewport === PHONE });
  const page = await context.newPage();
  await page.goto(origin + path);
  await page.locator('.mark').first().waitFor();
  // Cures come a moment after the verdict.
  if (path === '/') await page.locator('.fixes .btn').first().waitFor();
  await state(page);
  await page.waitForTimeout(SETTLE);
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage });
  await context.close();
  console.log(`${name}.png`);
}

const tab = (name) => (page) => page.getByRole('tab', { name }).click();
const open = (scenario) => (page) => page.locator('vpc-playground').evaluate((element, wanted) => (element.scenario = wanted), scenario);

await take('first-view-light', {});
await take('first-view-dark', { colorScheme: 'dark' });
await take('intermittent-ja-dark', {
  colorScheme: 'dark',
  locale: 'ja-JP',
  state: async (page) => {
    await open('one-of-two-subnets')(page);
    await page.locator('.path .run.pass').first().waitFor({ state: 'attached' });
  },
});
await take('edit-light', {
  state: async (page) => {
    await page.getByRole('treeitem', { name: /Internet gateway/ }).first().click();
    await page.getByRole('treeitem', { name: /^public-routes/ }).first().click();
    await tab('Edit')(page);
    await page.getByRole('tabpanel').getByRole('textbox').first().waitFor();
  },
});
await take('cures-light', {
  state: async (page) => {
    await page.locator('.fixes .link').click();
    await page.locator('.cure').first().getByRole('button', { name: 'Preview' }).click();
    await page.locator('.card[data-tag]').waitFor();
  },
});
await take('text-ja-light', {
  locale: 'ja-JP',
  state: async (page) => {
    await tab('テキスト')(page);
    await page.locator('.cm-content').waitFor();
  },
});
await take('share-light', {
  state: async (page) => {
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await page.getByRole('dialog').waitFor();
  },
});
await take('phone-light', { viewport: PHONE });
await take('phone-ja-dark', { viewport: PHONE, colorScheme: 'dark', locale: 'ja-JP', state: (page) => page.getByRole('tab').first().tap() });
await take('embedded-light', { path: '/handbook.html', viewport: { width: 900, height: 1000 }, fullPage: true, state: (page) => page.locator('.mark').nth(8).waitFor() });

await close();
