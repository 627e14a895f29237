import { expect, test, type Page } from '@playwright/test';

import { hold, Reach } from './page';

/** Names of the tree's items from the first to the last, and of the one that has the focus. */
const items = (page: Page): Promise<{ all: string[]; focused: number }> =>
  page.evaluate(() => {
    const root = document.querySelector('vpc-playground')?.shadowRoot;
    const all = [...(root?.querySelectorAll('[role="treeitem"]') ?? [])];
    return { all: all.map((item) => item.textContent?.trim().replaceAll(/\s+/g, ' ') ?? ''), focused: all.indexOf(root?.activeElement as Element) };
  });

/** One after the other, whatever comes of them. */
const press = async (page: Page, ...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};

const functions = async (reach: Reach): Promise<string[]> => Object.keys((JSON.parse(await reach.text()) as { functions: object }).functions);

const position = async (page: Page): Promise<number> => (await items(page)).focused;

/** Puts the focus on the diagram's first item in the frame that draws it. */
const focusFirst = (): void => {
  const look = (): void => {
    const item = document.querySelector('vpc-playground')?.shadowRoot?.querySelector<HTMLElement>('[role="treeitem"]');
    if (item) item.focus();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
};

test('keys that come before the listeners of the diagram are obeyed in their order', async ({ page }) => {
  const deliver = await hold(page, /\/pointing-[^/]*\.js$/);
  await page.addInitScript(focusFirst);
  await page.goto('/');
  await expect.poll(() => position(page)).toBe(0);
  await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowDown', 'ArrowDown');
  expect(await position(page)).toBe(0);
  deliver();
  await expect.poll(() => position(page)).toBe(4);
});

test('undo comes after the gesture before it, however late what makes that one comes', async ({ page }) => {
  const deliver = await hold(page, /\/(pointing|editing)[^/]*\.js$/);
  const reach = await Reach.open(page);
  await page.getByRole('treeitem', { name: /^thumbnailer/ }).first().focus();
  await press(page, 'd', 'd', 'Control+z', 'Control+z', 'Control+Shift+Z');
  deliver();
  await expect(page.getByRole('region', { name: 'Last change' })).toContainText('Done again');
  expect(await functions(reach)).toEqual(['thumbnailer', 'thumbnailer-2']);
  expect((await items(page)).focused).toBeGreaterThan(0);
});

for (const slower of [1, 6, 20]) {
  test.describe(`on a processor ${slower} times slower`, () => {
    test.setTimeout(120_000);
    const patience = { timeout: 60_000 };

    test('keys from the first paint on build what they say, with no wait between them', async ({ page }) => {
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
      await page.addInitScript(focusFirst);
      await page.goto('/');
      await expect.poll(() => position(page), patience).toBe(0);
      const { all } = await items(page);
      const down = (name: RegExp): string[] => Array<string>(all.findIndex((one) => name.test(one))).fill('ArrowDown');
      // A second subnet in the VPC, a NAT gateway in the first, and the route that goes with it.
      await press(page, ...down(/^main/), 'a', 'Enter', 'Home', ...down(/10\.0\.0\.0\/24/), 'a', 'n', 'Enter', 'n', 'Enter');
      await expect(page.getByRole('region', { name: 'Last change' })).toContainText('route 0.0.0.0/0 → nat added', patience);
      const { subnets, natGateways } = JSON.parse(await new Reach(page).text()) as { subnets: object; natGateways: Record<string, { subnet: string }> };
      expect(Object.keys(subnets)).toHaveLength(2);
      expect(natGateways).toMatchObject({ nat: { subnet: Object.keys(subnets)[0] } });
      expect(await page.evaluate(() => document.querySelector('vpc-playground')?.shadowRoot?.activeElement?.outerHTML ?? '')).toContain('treeitem');
    });

    test('no redraw takes the focus out of the diagram', async ({ page }) => {
      const reach = await Reach.open(page);
      const session = await page.context().newCDPSession(page);
      await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
      const name = page.getByRole('treeitem', { name: /^thumbnailer/ }).first();
      await name.focus();
      const change = page.getByRole('region', { name: 'Last change' });
      await press(page, 'd', 'd', 'd', 'Delete');
      await expect(change).toContainText(/thumbnailer-4.* deleted/, patience);
      expect(await functions(reach)).toEqual(['thumbnailer', 'thumbnailer-2', 'thumbnailer-3']);
      expect(await position(page)).toBeGreaterThan(0);
      await press(page, 'Control+z', 'Control+z', 'Control+z', 'Home', 'End');
      await expect(change).toContainText(/Undone.*thumbnailer-3/s, patience);
      expect(await functions(reach)).toEqual(['thumbnailer', 'thumbnailer-2']);
      await expect.poll(async () => (await items(page)).all.length - 1 - (await position(page)), patience).toBe(0);
    });
  });
}

test('an item that moves in the diagram keeps the focus', async ({ page }) => {
  const reach = await Reach.open(page);
  const name = page.getByRole('treeitem', { name: /^thumbnailer/ }).first();
  await name.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowDown');
  await expect(name).toBeFocused();
  const before = await position(page);
  const text = await reach.text();
  await page.locator('vpc-playground').evaluate((element, old) => {
    const document_ = JSON.parse(old) as { subnets: Record<string, unknown>; functions: Record<string, unknown> };
    document_.subnets = { first: { cidr: '10.0.9.0/24' }, ...document_.subnets };
    document_.functions = { another: { subnets: Object.keys(document_.subnets), securityGroups: ['default'] }, ...document_.functions };
    (element as HTMLElement & { text: string }).text = JSON.stringify(document_, null, 2);
  }, text);
  await expect(page.getByRole('treeitem', { name: /^another/ }).first()).toBeVisible();
  await expect(name).toBeFocused();
  await page.keyboard.press('ArrowUp');
  expect(await position(page)).toBeGreaterThan(before);
});
