import { expect, test } from '@playwright/test';

import { Reach } from './page';

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
