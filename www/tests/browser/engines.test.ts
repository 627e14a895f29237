import { expect, test } from '@playwright/test';

import { hold, linkOf, Reach } from './page';

test('the page starts with its answer before there is an engine, and works out what is changed until there is one', async ({ page }) => {
  const release = await hold(page, '**/*.wasm');
  const reach = await Reach.open(page);
  await expect(reach.verdict).toHaveText('Times out');
  await expect(page.locator('.mark.drop')).toHaveCount(1);
  await expect(page.locator('.word')).not.toContainText('Working it out');
  await page.locator('vpc-playground').evaluate((element: HTMLElement & { text: string }) => (element.text = element.text.replace('"timeout": 30', '"timeout": 31')));
  await expect(page.locator('.word')).toContainText('Working it out');
  release();
  await expect(reach.log).toContainText('Task timed out after 31.00 seconds');
  await expect(page.locator('.word')).not.toContainText('Working it out');
});

test('an edit that needs the engine with everything is said to be worked out, not to be broken', async ({ page }) => {
  const reach = await Reach.open(page);
  await expect(page.getByRole('tab', { name: 'Text' })).toBeVisible();
  const release = await hold(page, '**/engine-whole*.wasm');
  await page.locator('vpc-playground').evaluate((element: HTMLElement & { text: string }) => (element.text = element.text.replace('"timeout": 30', '"timeout": 31, "role": "reader"')));
  await expect(page.locator('.word')).toContainText('Working it out');
  await expect(reach.verdict).toHaveText('Times out');
  release();
  await expect(page.locator('.word')).not.toContainText('Working it out');
  await expect(reach.log).toContainText('Task timed out after 31.00 seconds');
});

test('a link loads the one engine that its document needs', async ({ page }) => {
  const engines: string[] = [];
  page.on('request', (request) => {
    const [name] = /engine[a-z-]*_bg/.exec(request.url()) ?? [];
    if (name) engines.push(name);
  });
  const reach = new Reach(page);
  const link = (more: object): string => {
    const document = { vpcs: { main: { cidr: '10.0.0.0/16' } }, subnets: { a: { cidr: '10.0.0.0/24' } }, functions: { reader: { subnets: ['a'], securityGroups: ['default'], ...more } }, buckets: { b: {} } };
    return linkOf(Buffer.from(JSON.stringify({ document })));
  };
  for (const [more, engine] of [
    [{}, 'engine_bg'],
    [{ role: 'reader' }, 'engine-whole_bg'],
  ] as const) {
    await page.goto('about:blank');
    await page.goto(`/${link(more)}`);
    await expect(reach.verdict).toHaveText('Times out');
    await expect(page.getByRole('tab', { name: 'Text' })).toBeVisible();
    expect(engines.splice(0)).toEqual([engine]);
  }
});

test('what policies decide waits for the engine with everything, and no verdict is shown before', async ({ page }) => {
  const asked: string[] = [];
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/engine-whole*.wasm', async (route) => {
    asked.push(route.request().url());
    await released;
    await route.continue();
  });
  const reach = await Reach.open(page);
  await expect(reach.verdict).toHaveText('Times out');
  await reach.openCase('nat-gateway');
  await expect(reach.verdict).toHaveText('Succeeds');
  expect(asked, 'a document of routes and filters needs no more than the first view').toEqual([]);

  await reach.openCase('gateway-endpoint/endpoint-policy');
  await expect(reach.verdict).toHaveClass(/quiet/);
  await expect.poll(() => asked.length).toBe(1);
  release();
  await expect(reach.verdict).toHaveText('Access denied');

  // From here on it answers, whatever is asked.
  await reach.openCase('nat-gateway');
  await expect(reach.verdict).toHaveText('Succeeds');
  expect(asked).toHaveLength(1);
});

for (const [locale, engine] of [['en-US', 'engine_bg'], ['ja-JP', 'engine-ja_bg']] as const) {
  test.describe(locale, () => {
    test.use({ locale });

    test('what the page fetches ahead is what it uses, and is fetched once', async ({ page }) => {
      const names: string[] = [];
      page.on('request', (request) => names.push(request.url().replace(/.*\//, '')));
      await Reach.open(page);
      await expect(page.locator('.status')).toBeVisible();
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
      expect(names.filter((name) => name.startsWith('engine') && name.endsWith('.wasm')).map((name) => name.slice(0, -'-12345678.wasm'.length))).toEqual([engine]);
    });
  });
}
