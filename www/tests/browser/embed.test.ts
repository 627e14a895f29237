import { readFileSync } from 'node:fs';

import { expect, test, type Page } from '@playwright/test';

import { expectNoViolation } from './axe';
import { samples } from './page';

const markup = '</script><img src=x onerror=window.hacked=1>';

const inline = (name: string, indent = ''): string =>
  JSON.stringify({ vpcs: { main: { cidr: '10.0.0.0/16' } }, subnets: { a: { cidr: '10.0.0.0/24' } }, functions: { [name]: { subnets: ['a'], securityGroups: ['default'] } }, buckets: { b: {} } }, null, 2)
    .replaceAll('<', '\\u003c')
    .replaceAll('\n', `\n${indent}`);

/** Serves a page of somebody else's that has the element in it. */
async function embedded(page: Page, body: string, head = ''): Promise<void> {
  const html = `<!doctype html><html lang="en"><head><title>Handbook</title><meta name="viewport" content="width=device-width"><style>body{margin:24px auto;max-width:720px;padding:0 8px}</style>${head}</head><body><main><h1>Lambda in a VPC</h1>${body}</main><script type="module" src="/vpc-playground.js"></script></body></html>`;
  await page.route('**/handbook.html', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
  await page.goto('/handbook.html');
}

const elements = (page: Page): ReturnType<Page['locator']> => page.locator('vpc-playground');

test('many elements on one page share one engine, and each has its own state', async ({ page }) => {
  test.slow();
  const wasm: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('.wasm')) wasm.push(request.url());
  });
  await embedded(page, '<vpc-playground scenario="internet-gateway-only"></vpc-playground><vpc-playground scenario="nat-gateway"></vpc-playground><vpc-playground mode="try" scenario="s3-gateway-endpoint"></vpc-playground>');
  await expect(elements(page).nth(0).locator('.word')).toContainText('Times out');
  await elements(page).nth(1).scrollIntoViewIfNeeded();
  await expect(elements(page).nth(1).locator('.word')).toContainText('Succeeds');
  await elements(page).nth(2).scrollIntoViewIfNeeded();
  await expect(elements(page).nth(2).locator('.word')).toContainText('Succeeds');
  await expect(elements(page).nth(0).locator('.word')).toContainText('Times out');
  expect(wasm).toHaveLength(1);
  await expectNoViolation(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.addStyleTag({ content: ':root{color-scheme:dark;background:#0c0f14;color:#eee}' });
  await expectNoViolation(page);
});

test('an element loads when it is first seen, and what stands inside the tag is there until then', async ({ page }) => {
  let engine = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('.wasm')) engine += 1;
  });
  await embedded(page, '<div style="height:3000px"></div><vpc-playground scenario="nat-gateway"><p>The function reaches S3.</p></vpc-playground>');
  await expect(page.getByText('The function reaches S3.')).toBeVisible();
  await page.waitForFunction(() => customElements.get('vpc-playground'));
  expect(engine).toBe(0);
  await elements(page).scrollIntoViewIfNeeded();
  await expect(elements(page).locator('.word')).toContainText('Succeeds');
  await expect(page.getByText('The function reaches S3.')).toBeHidden();
});

test('attributes are reflected, and take effect when they change', async ({ page }) => {
  await embedded(page, '<vpc-playground scenario="internet-gateway-only"></vpc-playground>');
  const element = elements(page);
  await expect(element.locator('.word')).toContainText('Times out');
  await element.evaluate((one) => one.setAttribute('scenario', 'nat-gateway'));
  await expect(element.locator('.word')).toContainText('Succeeds');
  await element.evaluate((one: HTMLElement) => (one.lang = 'ja'));
  await expect(element.locator('.word')).toContainText('到達');
  await element.evaluate((one: HTMLElement & { theme: string; mode: string }) => {
    one.theme = 'dark';
    one.mode = 'try';
  });
  await expect(element).toHaveAttribute('theme', 'dark');
  await expect(element).toHaveAttribute('mode', 'try');
  await expect(element.getByRole('tab').first()).toBeVisible();
  expect(await element.locator('.app').evaluate((app) => getComputedStyle(app).backgroundColor)).toBe('rgb(18, 22, 28)');
  await element.evaluate((one) => one.setAttribute('mode', 'full'));
  await expect(element.locator('.top')).toBeVisible();
  await expect(element.getByRole('heading', { level: 1 })).toHaveText('到達');
});

test('the events tell of changes and answers', async ({ page }) => {
  await embedded(page, `<vpc-playground><script type="application/json">${inline('reader')}</script></vpc-playground>`);
  await expect(elements(page).locator('.word')).toContainText('Times out');
  await elements(page).evaluate((element: HTMLElement & { text: string }) => {
    const events: string[] = [];
    Object.assign(window, { events });
    element.addEventListener('verdict', (event) => events.push(`verdict ${(event as CustomEvent<{ verdict: string }>).detail.verdict}`));
    document.addEventListener('change', (event) => events.push(`change ${String((event as CustomEvent<{ text: string }>).detail.text.includes('"s3"'))}`));
    const text = JSON.parse(element.text) as Record<string, unknown>;
    element.text = JSON.stringify({ ...text, routeTables: { t: { subnets: ['a'] } }, vpcEndpoints: { s3: { service: 's3', routeTables: ['t'] } } });
  });
  const seen = (): Promise<string[]> => page.evaluate(() => (window as unknown as { events: string[] }).events);
  await expect.poll(seen).toEqual(['verdict succeeds', 'change true']);
  // Nothing came twice: what follows are the events of the next change.
  await elements(page).evaluate((element: HTMLElement & { text: string }) => (element.text = element.text.replaceAll('"s3"', '"dynamodb"')));
  await expect.poll(seen).toEqual(['verdict succeeds', 'change true', 'verdict timesOut', 'change false']);
});

test('documents come inline as JSON or YAML, and by address in every form that can be imported', async ({ page }) => {
  const calls = ['ec2 describe-vpcs', 'ec2 describe-subnets', 'ec2 describe-route-tables', 'ec2 describe-security-groups', 'lambda get-function-configuration'].map((call) => ({
    call,
    of: '',
    answer: JSON.parse(readFileSync(`${samples}/nat/${call.replace(/^ec2 /, '').replace(' ', '-')}.json`, 'utf8')) as unknown,
  }));
  await page.route('**/dump.json', (route) => route.fulfill({ json: { vpcreachCollection: 1, region: 'eu-west-1', calls } }));
  await page.route('**/mine.yaml', (route) => route.fulfill({ body: 'vpcs: { main: { cidr: 10.0.0.0/16 } }\nsubnets: { a: { cidr: 10.0.0.0/24 } }\nfunctions: { from-yaml: { subnets: [a], securityGroups: [default] } }\nbuckets: { b: {} }\n', contentType: 'text/yaml' }));
  await embedded(
    page,
    `<vpc-playground><script type="application/json">\n        ${inline('from-json', '        ')}\n      </script></vpc-playground>
     <vpc-playground><script type="application/yaml">
       vpcs: { main: { cidr: 10.0.0.0/16 } }
       subnets: { a: { cidr: 10.0.0.0/24 } }
       functions:
         inline-yaml: { subnets: [a], securityGroups: [default] }
       buckets: { b: {} }
     </script></vpc-playground><vpc-playground src="mine.yaml"></vpc-playground><vpc-playground src="/dump.json"></vpc-playground>`,
  );
  for (const [index, name] of ['from-json', 'inline-yaml', 'from-yaml', 'Lambda function'].entries()) {
    await elements(page).nth(index).scrollIntoViewIfNeeded();
    await expect(elements(page).nth(index).getByRole('treeitem', { name }).first()).toBeVisible();
  }
});

test.describe('nonsense gives a readable message', () => {
  for (const [name, tag, message] of [
    ['mode', '<vpc-playground mode="veiw" scenario="nat-gateway"></vpc-playground>', 'Did you mean “view”?'],
    ['theme', '<vpc-playground theme="drak" scenario="nat-gateway"></vpc-playground>', 'Did you mean “dark”?'],
    ['language', '<vpc-playground lang="tlh" scenario="nat-gateway"></vpc-playground>', 'The attribute lang says “tlh”'],
    ['scenario', '<vpc-playground scenario="nat-gatway"></vpc-playground>', 'Did you mean “nat-gateway”?'],
    ['a document that is not there', '<vpc-playground src="/missing.json"></vpc-playground>', 'The document /missing.json could not be loaded. 404'],
    ['an address that is none', '<vpc-playground src="https://["></vpc-playground>', 'could not be loaded'],
    ['an address of a script', '<vpc-playground src="javascript:window.hacked=1"></vpc-playground>', 'could not be loaded'],
    ['a document that is none', '<vpc-playground src="/handbook.html"></vpc-playground>', 'is neither a document nor AWS CLI output'],
    ['a type of document', '<vpc-playground><script type="text/plain">x</script></vpc-playground>', 'has the type text/plain'],
    ['nothing at all', '<vpc-playground></vpc-playground>', 'does not say what to show'],
    ['broken JSON', '<vpc-playground><script type="application/json">{ "vpcs": </script></vpc-playground>', '1 problem'],
    ['an empty document', '<vpc-playground><script type="application/json"></script></vpc-playground>', 'problem'],
  ] as const) {
    test(name, async ({ page }) => {
      await page.route('**/missing.json', (route) => route.fulfill({ status: 404, body: 'no' }));
      await embedded(page, tag);
      await expect(elements(page).locator('.app')).toContainText(message);
      expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    });
  }

  test('and what the author wrote inside the tag', async ({ page }) => {
    await embedded(page, '<vpc-playground scenario="nothing-like-it"><p>See the picture instead.</p></vpc-playground>');
    await expect(elements(page).getByRole('alert')).toContainText('nothing-like-it');
    await expect(page.getByText('See the picture instead.')).toBeVisible();
  });
});

test('try: a change, and the full playground opens with it', async ({ page, context }) => {
  await embedded(page, `<vpc-playground mode="try"><script type="application/json">${inline('reader')}</script></vpc-playground>`);
  const element = elements(page);
  await expect(element.locator('.word')).toContainText('Times out');
  await element.evaluate((one: HTMLElement & { text: string }) => (one.text = one.text.replaceAll('"reader"', '"carried-over"')));
  await expect(element.locator('.e-foot')).toContainText('The document was changed');
  const opened = context.waitForEvent('page');
  await element.getByRole('link', { name: 'Open in full playground' }).click();
  const full = await opened;
  await expect(full.getByRole('treeitem', { name: /carried-over/ }).first()).toBeVisible();
  await expect(full.locator('.top')).toBeVisible();
  expect(new URL(full.url()).hash).toMatch(/^#1\.[\w-]+$/);
});

test('names with markup in them stay text', async ({ page }) => {
  await embedded(page, `<vpc-playground mode="try"><script type="application/json">${inline(markup)}</script></vpc-playground>`);
  await expect(elements(page).getByRole('treeitem', { name: '<img src=x' }).first()).toBeVisible();
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});

test('the script may be there twice', async ({ page }) => {
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await embedded(page, '<vpc-playground scenario="nat-gateway"></vpc-playground>', '<script type="module" src="/vpc-playground.js?again"></script><script type="module" src="/element.js"></script>');
  await expect(elements(page).locator('.word')).toContainText('Succeeds');
  expect(errors).toEqual([]);
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('what stands inside the tag is shown', async ({ page }) => {
    await embedded(page, '<vpc-playground scenario="nat-gateway"><p>The function reaches S3.</p></vpc-playground>');
    await expect(page.getByText('The function reaches S3.')).toBeVisible();
  });
});

for (const width of [390, 800]) {
  test(`an element in a column of a page ${width} px wide does not scroll sideways`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await embedded(page, '<vpc-playground scenario="internet-gateway-only"></vpc-playground><vpc-playground mode="try" lang="ja" scenario="one-of-two-subnets"></vpc-playground>');
    await expect(elements(page).nth(0).locator('.mark').first()).toBeVisible();
    await elements(page).nth(1).scrollIntoViewIfNeeded();
    await expect(elements(page).nth(1).locator('.mark').first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    await expectNoViolation(page);
  });
}

