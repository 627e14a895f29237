import { expect, test, type Locator, type Page } from '@playwright/test';

import { expectNoViolation } from './axe';
import { hold, Reach, walk } from './page';

const item = (page: Page, name: RegExp) => page.getByRole('treeitem', { name }).first();

const settings = (page: Page) => page.getByRole('tabpanel', { name: 'Edit' });

test('a field changes the answer as it is typed, and one undo takes all of it back', async ({ page }) => {
  await page.clock.install();
  const reach = await Reach.open(page);
  await reach.settled();
  // After a pause typing would be another gesture.
  await reach.stopClock();
  await item(page, /^thumbnailer/).click();
  const timeout = settings(page).getByLabel('Timeout (seconds)', { exact: true });
  await timeout.fill('');
  await timeout.pressSequentially('12');
  await expect(reach.log).toContainText('Task timed out after 12.00 seconds');
  await page.keyboard.press('Control+z');
  await expect(timeout).toHaveValue('30');
  await expect(reach.log).toContainText('Task timed out after 30.00 seconds');
  await page.keyboard.press('Control+Shift+Z');
  await expect(timeout).toHaveValue('12');
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(reach.log).toContainText('Task timed out after 30.00 seconds');
});

test('what is half typed stays, and what is wrong stands beside it', async ({ page }) => {
  await Reach.open(page);
  await item(page, /^public-routes/).click();
  const destination = page.getByRole('group', { name: 'Routes, 1' }).getByLabel('Destination');
  await destination.fill('0.0.0.0/');
  await expect(destination).toHaveValue('0.0.0.0/');
  await expect(destination).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('group', { name: 'Routes, 1' })).toContainText('0.0.0.0/');
  await destination.fill('0.0.0.0/0');
  await expect(destination).toHaveAttribute('aria-invalid', 'false');
});

test('rows are added, filled, removed and undone', async ({ page }) => {
  const reach = await Reach.open(page);
  await item(page, /^public-routes/).click();
  await settings(page).getByRole('button', { name: 'Add to Routes' }).click();
  const row = page.getByRole('group', { name: 'Routes, 2' });
  await expect(row.getByLabel('Destination')).toBeFocused();
  await row.getByLabel('Destination').fill('10.1.0.0/16');
  await row.getByLabel('Target').fill('igw');
  await expect(page.locator('.row.route')).toContainText(['10.0.0.0/16', '0.0.0.0/0', '10.1.0.0/16']);
  await page.getByRole('button', { name: 'Remove Routes, 1' }).click();
  await expect(reach.verdict).toHaveText('Times out');
  await expect(page.locator('.because')).toContainText('no route');
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(page.locator('.row.route')).toHaveCount(3);
});

test('rules of a network ACL change places and keep their numbers in order', async ({ page }) => {
  await Reach.open(page);
  await item(page, /^default/).click();
  await settings(page).getByRole('button', { name: 'Write it down' }).click();
  await settings(page).getByRole('button', { name: 'Add to Inbound rules' }).click();
  const second = page.getByRole('group', { name: 'Inbound rules, 2' });
  await second.getByLabel('Allow or deny').selectOption('deny');
  await page.getByRole('button', { name: 'Move up: Inbound rules, 2' }).click();
  await expect(page.getByRole('group', { name: 'Inbound rules, 1' }).getByLabel('Allow or deny')).toHaveValue('deny');
  await expect(page.getByRole('group', { name: 'Inbound rules, 1' }).getByLabel('Rule number')).toHaveValue('100');
  await expect(page.getByRole('group', { name: 'Inbound rules, 2' }).getByLabel('Rule number')).toHaveValue('110');
});

test('renaming, duplicating and deleting follow the references and say so', async ({ page }) => {
  const reach = await Reach.open(page);
  await reach.openCase('nat-gateway');
  await item(page, /^nat\s*NAT gateway/).focus();
  await page.keyboard.press('F2');
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.type('nat-a');
  await page.keyboard.press('Enter');
  await expect(item(page, /^nat-a\s*NAT gateway/)).toBeVisible();
  await expect(page.locator('.row.route.hit').last()).toContainText('nat-a');
  await expect(reach.verdict).toHaveText('Succeeds');

  await item(page, /^nat-a\s*NAT gateway/).focus();
  await page.keyboard.press('d');
  await expect(page.getByRole('treeitem', { name: /NAT gateway, public/ })).toHaveCount(2);
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('treeitem', { name: /NAT gateway, public/ })).toHaveCount(1);

  await item(page, /^nat-a\s*NAT gateway/).focus();
  await page.keyboard.press('Delete');
  await expect(reach.verdict).toHaveText('Times out');
  await expect(page.getByRole('region', { name: 'Last change' })).toContainText('nat-a');
  await expect(page.getByRole('region', { name: 'Last change' })).toContainText('0.0.0.0/0');
  await expect(page.locator('[role="treeitem"]:focus')).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(reach.verdict).toHaveText('Succeeds');
});

test('with the keyboard alone, the article goes from its time-out to success through a NAT gateway', async ({ page }) => {
  const reach = await Reach.open(page);
  const press = (key: string): Promise<void> => page.keyboard.press(key);
  const focused = page.locator('*:focus');
  await expect(reach.verdict).toHaveText('Times out');
  for (let tabs = 0; tabs < 40 && (await page.locator('[role="treeitem"]:focus').count()) === 0; tabs += 1) await press('Tab');
  // What moves the focus comes with it.
  await press('ArrowDown');
  await expect(page.getByRole('treeitem').nth(1)).toBeFocused();

  // A private subnet.
  await walk(page, /^\s*main/);
  await press('a');
  await expect(page.getByRole('menuitem', { name: 'Subnet', exact: true })).toBeFocused();
  await press('Enter');
  await expect(focused.last()).toHaveText(/10\.0\.1\.0\/24\s*Private/);

  // A NAT gateway in the public one, and the route that usually goes with it.
  await walk(page, /10\.0\.0\.0\/24\s*Public/);
  await press('a');
  await expect(page.getByRole('menu')).toBeVisible();
  await press('n');
  await expect(page.getByRole('menuitem', { name: 'NAT gateway' })).toBeFocused();
  await press('Enter');
  await expect(focused.last()).toHaveText(/NAT gateway, public/);
  await press('n');
  await expect(focused.last()).toHaveText(/Add route 0\.0\.0\.0\/0 → nat to/);
  await press('Enter');
  await expect(page.getByRole('region', { name: 'Last change' })).toContainText('0.0.0.0/0 → nat');
  await expect(page.locator('[role="treeitem"]:focus')).toHaveCount(1);

  // The function moves.
  await walk(page, /^\s*thumbnailer/);
  await press('m');
  await expect(page.getByRole('menuitem', { name: /10\.0\.1\.0\/24/ })).toBeFocused();
  await press('Enter');
  await expect(reach.verdict).toHaveText('Succeeds');
  await expect(focused.last()).toHaveText(/^\s*thumbnailer/);
  await expect(page.locator('.verdict[aria-live="polite"]')).toContainText('Succeeds');

  for (let times = 0; times < 4; times += 1) {
    await press('Control+z');
    // What had the focus may be gone; it is then on a neighbour, and the next key finds somebody who listens.
    await expect(page.locator('[role="treeitem"]:focus')).toHaveCount(1);
  }
  await expect(reach.verdict).toHaveText('Times out');
  await expect(page.getByRole('button', { name: 'Undo', exact: true }).first()).toBeDisabled();
});

test('a component is dragged to another subnet, only subnets take it, and Escape leaves it', async ({ page }) => {
  const reach = await Reach.open(page);
  await reach.openCase('nat-gateway');
  await reach.settled();
  const name = item(page, /^thumbnailer/);
  const subnet = item(page, /^public\s*10/);
  const drag = async (to: Locator): Promise<void> => {
    const [start, end] = [await name.boundingBox(), await to.boundingBox()];
    if (!start || !end) throw new Error('no boxes');
    await page.mouse.move(start.x + 60, start.y + 20);
    await page.mouse.down();
    await page.mouse.move(start.x + 80, start.y + 30, { steps: 3 });
    await page.mouse.move(end.x + 40, end.y + 10, { steps: 5 });
    // It has its place at the pointer before anything else of editing is there, and moves nothing.
    await expect(page.locator('.dragged')).toHaveCSS('position', 'fixed');
  };
  await drag(subnet);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(reach.verdict).toHaveText('Succeeds');

  await drag(item(page, /^igw\s*Internet/));
  await page.mouse.up();
  await expect(reach.verdict).toHaveText('Succeeds');

  await drag(subnet);
  await expect(page.locator('.subnet.over')).toHaveCount(1);
  await page.mouse.up();
  await expect(reach.verdict).toHaveText('Times out');
  await expect(name).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(reach.verdict).toHaveText('Succeeds');
});

test.describe('by touch', () => {
  test.use({ hasTouch: true, viewport: { width: 1180, height: 820 } });
  test('a finger scrolls until a component is selected, and then drags it', async ({ page }) => {
    const reach = await Reach.open(page);
    await reach.openCase('nat-gateway');
    await reach.settled();
    const name = item(page, /^thumbnailer/);
    const session = await page.context().newCDPSession(page);
    const drag = async (): Promise<void> => {
      const from = await name.boundingBox();
      const to = await item(page, /^public\s*10/).boundingBox();
      if (!from || !to) throw new Error('no boxes');
      const [startX, startY, endX, endY] = [from.x + 60, from.y + 20, to.x + 40, to.y + 20];
      const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number, y?: number): Promise<unknown> =>
        session.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined || y === undefined ? [] : [{ x, y }] });
      await touch('touchStart', startX, startY);
      for (let step = 1; step <= 6; step += 1) await touch('touchMove', startX + ((endX - startX) * step) / 6, startY + ((endY - startY) * step) / 6);
      await touch('touchEnd');
    };
    await drag();
    await expect(reach.verdict).toHaveText('Succeeds');
    await expect(page.locator('.dragged')).toHaveCount(0);
    const canvas = page.locator('.canvas');
    const scrolled = (): Promise<number> => canvas.evaluate((element) => element.scrollTop);
    await expect.poll(scrolled).toBeGreaterThan(0);
    await canvas.evaluate((element) => (element.scrollTop = 0));
    await expect.poll(scrolled).toBe(0);

    await name.tap();
    await expect(page.locator('.card.sel')).toHaveCount(1);
    // Its form opens, which makes room for itself.
    await expect(page.getByRole('tabpanel', { name: 'Edit' }).getByLabel('Name', { exact: true })).toHaveValue('thumbnailer');
    await drag();
    await expect(reach.verdict).toHaveText('Times out');
    await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
    await expect(reach.verdict).toHaveText('Succeeds');
  });
});

test('text, gestures and another document share one history', async ({ page }) => {
  const reach = await Reach.open(page);
  await reach.openText();
  await reach.write('vpcs:\n  main: { cidr: 10.0.0.0/16 }\nsubnets:\n  a: { cidr: 10.0.0.0/24 }\nfunctions:\n  f: { subnets: [a], securityGroups: [default] }\nbuckets:\n  b: {}\n');
  await expect(item(page, /^f\s*Lambda/)).toBeVisible();
  await item(page, /^f\s*Lambda/).focus();
  await page.keyboard.press('d');
  await expect(page.getByRole('region', { name: 'Last change' })).toContainText('The text is JSON now');
  await expect(item(page, /^f-2\s*Lambda/)).toBeVisible();
  await reach.openText();
  await expect(reach.textBox).toContainText('"f-2"');
  await reach.textBox.click();
  await page.keyboard.press('Control+z');
  await expect(reach.textBox).toContainText('main: { cidr: 10.0.0.0/16 }');
  await page.keyboard.press('Control+z');
  await expect(reach.textBox).toContainText('"thumbnailer"');
  await page.keyboard.press('Control+y');
  await page.keyboard.press('Control+y');
  await expect(reach.textBox).toContainText('"f-2"');
});

test('the history has what happens before it is there', async ({ page }) => {
  const deliver = await hold(page, /\/editing[^/]*\.js$/);
  const reach = await Reach.open(page);
  await page.locator('vpc-playground').evaluate((element: HTMLElement & { text: string }) => (element.text = element.text.replace('"timeout": 30', '"timeout": 31')));
  await reach.openCase('nat-gateway');
  await expect(reach.verdict).toHaveText('Succeeds');
  deliver();
  const undo = page.getByRole('button', { name: 'Undo', exact: true }).first();
  await undo.click();
  await expect(reach.log).toContainText('Task timed out after 31.00 seconds');
  await undo.click();
  await expect(reach.log).toContainText('Task timed out after 30.00 seconds');
});

test('a broken text refuses gestures and loses nothing', async ({ page }) => {
  const reach = await Reach.open(page);
  await reach.openText();
  await reach.textBox.click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' x');
  await item(page, /^thumbnailer/).focus();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('region', { name: 'Last change' })).toContainText('not a document at the moment');
  await expect(reach.textBox).toContainText('x');
  await expect(item(page, /^thumbnailer/)).toBeVisible();
});

for (const [colorScheme, locale, width] of [['light', 'en-US', 1440], ['dark', 'ja-JP', 1440], ['light', 'ja-JP', 390]] as const) {
  test.describe(`${colorScheme}, ${locale}, ${width}`, () => {
    test.use({ colorScheme, locale, viewport: { width, height: 900 } });

    test('forms, menus and shortcuts have no accessibility violation', async ({ page }) => {
      test.slow();
      const reach = await Reach.open(page);
      for (const name of ['thumbnailer', 'public-routes']) {
        await item(page, new RegExp(`^${name}`)).focus();
        await page.keyboard.press('Enter');
        await expect(page.locator('.editing .subject')).toContainText(name);
        await expect(page.locator('.editing .field').first()).toBeVisible();
        for (const fold of await page.locator('.editing details').all()) await fold.evaluate((one) => ((one as HTMLDetailsElement).open = true));
        await expectNoViolation(page);
      }
      await reach.expectNoSidewaysScroll();
      await page.keyboard.press('Escape');
      await page.keyboard.press('a');
      await expect(page.getByRole('menu')).toBeVisible();
      await expectNoViolation(page);
      await page.keyboard.press('Enter');
      await expect(page.locator('.change')).toBeVisible();
      await item(page, /^thumbnailer/).focus();
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectNoViolation(page);
    });
  });
}
