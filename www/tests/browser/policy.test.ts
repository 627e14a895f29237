import { expect, test, type Page } from '@playwright/test';

import { Reach } from './page';

/** What a careful site sends; the README names it. */
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";

/** Sends the policy with everything, and gives what collects the directives that were broken. */
async function under(page: Page, policy: string): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const broken: string[] = [];
    Object.assign(window, { broken });
    document.addEventListener('securitypolicyviolation', (event) => {
      const [target] = event.composedPath();
      // Chromium's own editing gives text that replaces coloured text a style; the policy stops it, and the editor overwrites it.
      if (event.violatedDirective === 'style-src-attr' && target instanceof Element && target.closest('.cm-content')) return;
      broken.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
  });
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
  });
  return () => page.evaluate(() => (window as unknown as { broken: string[] }).broken);
}

/** What a page fetches late may still be on its way when a test is over. */
test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }));

test('the whole playground works under a content security policy', async ({ page }) => {
  const violations = await under(page, POLICY);
  const reach = await Reach.open(page);
  await expect(reach.verdict).toHaveText('Times out');
  await page.getByRole('button', { name: 'First hop' }).click();
  await expect(page.locator('.packet')).toBeVisible();
  expect(await page.locator('.mark').first().evaluate((mark) => getComputedStyle(mark).left)).not.toBe('auto');
  await reach.openText();
  await reach.textBox.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText('vpcs: { main: { cidr: 10.0.0.0/16 } }\nsubnets: { a: { cidr: 10.0.0.0/24 } }\nfunctions: { from-yaml: { subnets: [a], securityGroups: [default] } }\nbuckets: { b: {} }\n');
  await expect(reach.diagram.getByRole('treeitem', { name: /^from-yaml/ })).toBeVisible();
  expect(await page.locator('.cm-scroller').evaluate((text) => getComputedStyle(text).display)).toBe('flex');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Share' })).toBeVisible();
  expect(await violations()).toEqual([]);
});

test('an embedded element does too', async ({ page }) => {
  const violations = await under(page, POLICY);
  const document = JSON.stringify({ vpcs: { main: { cidr: '10.0.0.0/16' } }, subnets: { a: { cidr: '10.0.0.0/24' } }, functions: { f: { subnets: ['a'], securityGroups: ['default'] } }, buckets: { b: {} } });
  await page.route('**/handbook.html', (route) =>
    route.fulfill({
      headers: { 'content-type': 'text/html', 'content-security-policy': POLICY },
      body: `<!doctype html><title>Handbook</title><vpc-playground mode="try"><script type="application/json">${document}</script></vpc-playground><script type="module" src="/vpc-playground.js"></script>`,
    }),
  );
  await page.goto('/handbook.html');
  await expect(page.locator('vpc-playground .word')).toContainText('Times out');
  await expect(page.locator('.mark').first()).toBeVisible();
  expect(await violations()).toEqual([]);
});

test('this test would see a style or a script that is against the policy', async ({ page }) => {
  const violations = await under(page, POLICY);
  await Reach.open(page);
  await page.evaluate(() => {
    document.body.setAttribute('style', 'color: red');
    document.body.append(Object.assign(document.createElement('script'), { textContent: 'void 0' }));
  });
  await expect.poll(async () => (await violations()).length).toBe(2);
});

test('without permission for wasm it is said that the engine cannot be started', async ({ page }) => {
  await under(page, "default-src 'self'");
  await page.goto('/');
  await expect(page.getByRole('alert')).toContainText('The engine cannot be started');
});
