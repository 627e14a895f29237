import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

import { expect, test, type Page } from '@playwright/test';
import { parse } from 'yaml';

import { expectNoViolation } from './axe';
import { Reach, repository, walk } from './page';

const situations = (parse(readFileSync(`${repository}tests/gallery.yaml`, 'utf8')) as unknown[]).length;

const search = (page: Page) => page.getByRole('searchbox');

async function openLesson(reach: Reach, index: number): Promise<void> {
  await reach.openStart();
  await reach.page.locator('#start-lessons').click();
  await reach.page.locator('.lesson').nth(index).click();
  await expect(reach.page.locator('.goals li').first()).toBeVisible();
}

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let tabs = 0; tabs < 80 && (await page.locator(`${selector}:focus`).count()) === 0; tabs += 1) await page.keyboard.press('Tab');
  await expect(page.locator(`${selector}:focus`)).toHaveCount(1);
}

test('a line of the log finds the situation, and its document opens with its own question', async ({ page }) => {
  const reach = await Reach.open(page);
  await reach.openStart();
  await expect(page.locator('.situation')).toHaveCount(situations);
  await expect(search(page)).toBeFocused();
  await search(page).fill('Error: getaddrinfo ENOTFOUND ssm.eu-west-3.amazonaws.com');
  await expect(page.locator('.situation').first()).toContainText("The company's DNS server is out of reach");
  await search(page).fill('Connect timeout on endpoint URL: "https://secretsmanager.us-west-2.amazonaws.com/"');
  await page.locator('.situation').first().click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('.top .doc').first()).toBeFocused();
  await expect(page.locator('.top .doc').first()).toContainText('S3 works and Secrets Manager does not');
  await expect(reach.verdict).toHaveText('Times out');
  await expect(page.getByLabel('To', { exact: true })).toHaveValue('service/secretsmanager');
});

test('a clean start shows nothing of what was kept, and keeps nothing until something is changed', async ({ page }) => {
  const reach = new Reach(page);
  await page.goto('/#new');
  await expect(reach.verdict).toHaveText('Times out');
  await expect(page.getByRole('treeitem', { name: /^my-function/ })).toBeVisible();
  expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([]);
});

test('own documents are kept, listed, exported, opened and deleted', async ({ page }) => {
  const reach = await Reach.open(page);
  await reach.openStart();
  await page.locator('#start-documents').click();
  await expect(page.locator('.kept')).toContainText('Nothing is kept yet');
  await page.getByRole('button', { name: 'New document' }).click();
  await reach.openText();
  await reach.write('{ "vpcs": { "mine": { "cidr": "10.7.0.0/16" } } }');
  await expect(page.getByRole('treeitem', { name: /^mine/ })).toBeVisible();
  await reach.openStart();
  await page.locator('#start-documents').click();
  await expect(page.locator('.kept li')).toHaveCount(1);
  await page.keyboard.press('Escape');

  await page.reload();
  await expect(reach.verdict).toHaveText('Times out');
  await expect(page.getByRole('treeitem', { name: /^mine/ })).toHaveCount(0);
  await reach.openStart();
  await page.locator('#start-documents').click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download New document' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('New-document.json');
  expect(await readFile(await download.path(), 'utf8')).toContain('10.7.0.0/16');
  await page.getByRole('button', { name: 'Open New document' }).click();
  await expect(page.getByRole('treeitem', { name: /^mine/ })).toBeVisible();

  await reach.openStart();
  await page.locator('#start-documents').click();
  await page.getByRole('button', { name: 'Delete all' }).click();
  await page.getByRole('alert').getByRole('button', { name: 'Delete all' }).click();
  await expect(page.locator('.kept li')).toHaveCount(0);
});

test('damaged entries are said and can be deleted, and the rest is listed', async ({ page }) => {
  const reach = await Reach.open(page);
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('vpcreach');
        request.onupgradeneeded = () => request.result.createObjectStore('documents');
        request.onerror = () => reject(new Error('no database'));
        request.onsuccess = () => {
          const store = request.result.transaction('documents', 'readwrite').objectStore('documents');
          store.put({ id: 'good', name: 'Good one', text: '{}', changed: 1 }, 'good');
          store.put('garbage', 'bad');
          store.put({ id: 'worse', name: 7 }, 'worse');
          store.transaction.oncomplete = () => {
            request.result.close();
            resolve();
          };
        };
      }),
  );
  await reach.openStart();
  await page.locator('#start-documents').click();
  await expect(page.locator('.kept')).toContainText('2 entries cannot be read.');
  await page.getByRole('button', { name: 'Delete what cannot be read' }).click();
  await expect(page.locator('.kept')).not.toContainText('cannot be read');
  await expect(page.getByRole('button', { name: 'Open Good one' })).toBeVisible();
});

test('a browser that keeps nothing says so, and the page works on', async ({ page }) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  const reach = await Reach.open(page);
  await reach.openText();
  await reach.write('{ "vpcs": { "mine": { "cidr": "10.7.0.0/16" } } }');
  await expect(page.locator('.status')).toContainText('This browser keeps nothing.');
  await reach.openStart();
  await page.locator('#start-documents').click();
  await expect(page.getByRole('alert')).toContainText('This browser keeps nothing for this page');
});

test('with the keyboard alone, the first lesson goes from start to solved, with a NAT gateway and a route', async ({ page }) => {
  const reach = await Reach.open(page);
  const press = (key: string): Promise<void> => page.keyboard.press(key);
  await tabTo(page, '.top button.doc');
  await press('Enter');
  await expect(search(page)).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await press('ArrowRight');
  await tabTo(page, '.lesson');
  await press('Enter');
  await expect(page.getByRole('heading', { level: 2, name: 'The time-out' })).toBeVisible();
  await expect(page.locator('.goals li.fail')).toHaveCount(2);

  await tabTo(page, '.hints button');
  await press('Enter');
  await expect(page.locator('.hints')).toContainText('Look at the internet gateway.');

  await tabTo(page, '[role="treeitem"]');
  await walk(page, /public-a/);
  await press('a');
  await expect(page.getByRole('menu')).toBeVisible();
  await press('n');
  await expect(page.getByRole('menuitem', { name: 'NAT gateway' })).toBeFocused();
  await press('Enter');
  await press('n');
  await expect(page.locator('*:focus').last()).toHaveText(/Add route 0\.0\.0\.0\/0 → nat.* to rtb-private/);
  await press('Enter');
  await expect(page.locator('.row.route')).toContainText(['10.0.0.0/16']);
  await walk(page, /^\s*thumbnailer/);
  await press('m');
  await expect(page.getByRole('menuitem', { name: /10\.0\.1\.0\/24/ })).toBeFocused();
  await press('Enter');

  await expect(reach.verdict).toHaveText('Succeeds');
  await expect(page.locator('.solved')).toContainText('Solved');
  await expect(page.locator('.goals li.pass')).toHaveCount(2);
  await expect(page.locator('.learned a').first()).toHaveAttribute('href', /^https:\/\/docs\.aws\.amazon\.com\/lambda\//);

  await page.reload();
  await expect(reach.verdict).toHaveText('Times out');
  await reach.openStart();
  await page.locator('#start-lessons').click();
  await expect(page.locator('.lesson').first()).toContainText('Solved');
  await expect(page.locator('.lesson').nth(1)).not.toContainText('Solved');
});

test.describe('in Japanese', () => {
  test.use({ locale: 'ja-JP' });

  test('the third lesson is shown step by step, taken back, and solved as text', async ({ page }) => {
    const reach = await Reach.open(page);
    await openLesson(reach, 2);
    await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText('エンドポイントがあるのに使われない');
    await expect(page.locator('.goals li').first()).toContainText('thumbnailer から s3://photos に届く');
    await expect(page.locator('.goals li.pass')).toHaveCount(1);
    await page.getByRole('button', { name: '解答を見る' }).click();
    await expect(page.locator('.solved')).toContainText('これが解答です');
    await expect(reach.verdict).toHaveText('到達');
    await expect(page.locator('.learned a').first()).toHaveAttribute('href', /docs\.aws\.amazon\.com\/ja_jp\//);

    await page.getByRole('button', { name: '最初から' }).click();
    await expect(reach.verdict).toHaveText('タイムアウト');
    await expect(page.locator('.solved')).toHaveCount(0);
    await reach.openText();
    const text = await reach.text();
    await reach.write(text.replace('"routeTables": ["rtb-public"]', '"routeTables": ["rtb-public", "rtb-private"]'));
    await expect(page.locator('.solved')).toContainText('解決しました');
    await page.getByRole('button', { name: '次のレッスン' }).click();
    await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText('2 つのサブネットの片方だけ');
  });
});

test('a lesson cannot be solved by changing what it asks', async ({ page }) => {
  const reach = await Reach.open(page);
  await openLesson(reach, 1);
  await page.getByRole('tab', { name: /Checks/ }).click();
  await page.getByRole('button', { name: /^Remove: thumbnailer reaches/ }).click();
  await expect(page.locator('.promises li')).toHaveCount(1);
  await page.getByRole('tab', { name: 'Lesson' }).click();
  await expect(page.locator('.goals li')).toHaveCount(2);
  await expect(page.locator('.goals li.fail')).toHaveCount(1);
  await expect(page.locator('.solved')).toHaveCount(0);
});

test('a pinned state is compared with what comes after, through changes and undo', async ({ page }) => {
  const reach = await Reach.open(page);
  await openLesson(reach, 1);
  await page.getByRole('button', { name: 'Compare' }).click();
  const panel = page.getByRole('tabpanel');
  await expect(panel).toContainText('The same hops with the same decisions.');
  await page.getByRole('tab', { name: 'Lesson' }).click();
  await page.getByRole('button', { name: 'Show me' }).click();
  await expect(reach.verdict).toHaveText('Succeeds');
  await page.getByRole('button', { name: 'Pinned' }).click();
  await expect(panel.locator('.big')).toHaveText(/Times out\s*Succeeds/);
  await expect(panel.locator('.diff .pinned').first()).toContainText('Route table rtb-private');
  await expect(panel).toContainText('"service": "s3"');
  await page.keyboard.press('Control+z');
  await expect(reach.verdict).toHaveText('Times out');
  await expect(panel).toContainText('The same configuration.');
  await page.keyboard.press('Control+Shift+Z');
  await expect(reach.verdict).toHaveText('Succeeds');
  await page.getByRole('button', { name: 'Back to the pinned state' }).click();
  await expect(reach.verdict).toHaveText('Times out');
  await page.getByRole('button', { name: 'Unpin' }).click();
  await expect(page.getByRole('tab', { name: 'Compare' })).toHaveCount(0);
});

test('the list of checks is extended, changed, ordered and shortened, and each can be undone', async ({ page }) => {
  const reach = await Reach.open(page);
  await reach.openCase('s3-gateway-endpoint');
  await page.getByRole('tab', { name: /Checks/ }).click();
  const rows = page.locator('.promises ol > li');
  await expect(rows).toContainText(['thumbnailer reaches s3://photos', 'thumbnailer does not reach example.com']);
  await page.getByLabel('To', { exact: true }).selectOption('service/dynamodb');
  await page.getByRole('button', { name: 'Add what is asked now' }).click();
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(2)).toContainText('thumbnailer does not reach dynamodb');
  await expect(rows.nth(2)).toHaveClass(/pass/);
  await rows.nth(2).getByRole('combobox').selectOption('succeeds');
  await expect(rows.nth(2)).toContainText('thumbnailer reaches dynamodb');
  await expect(rows.nth(2)).toHaveClass(/fail/);
  await expect(page.getByRole('tab', { name: /Checks/ })).toContainText('2/3');
  await page.getByRole('button', { name: 'Move up: thumbnailer reaches dynamodb' }).click();
  await expect(rows.nth(1)).toContainText('dynamodb');
  await expect(page.getByLabel('To', { exact: true })).toHaveValue('service/dynamodb');
  await page.getByRole('button', { name: 'Remove: thumbnailer reaches dynamodb' }).click();
  await expect(rows).toHaveCount(2);
  for (let times = 0; times < 4; times += 1) await page.keyboard.press('Control+z');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('thumbnailer reaches s3://photos');
});

for (const { name, ...look } of [
  { name: 'light', colorScheme: 'light', locale: 'en-US', viewport: { width: 1440, height: 900 } },
  { name: 'dark, Japanese, tablet', colorScheme: 'dark', locale: 'ja-JP', viewport: { width: 800, height: 1000 } },
  { name: 'phone, dark', colorScheme: 'dark', locale: 'en-US', viewport: { width: 390, height: 844 } },
  { name: 'phone, Japanese', colorScheme: 'light', locale: 'ja-JP', viewport: { width: 390, height: 844 } },
] as const) {
  test.describe(name, () => {
    test.use(look);

    test('gallery, lessons, documents, a solved lesson and a comparison have no accessibility violation', async ({ page }) => {
      test.slow();
      const reach = await Reach.open(page);
      const clean = async (): Promise<void> => {
        await reach.expectNoSidewaysScroll();
        await expectNoViolation(page);
      };
      await reach.openStart();
      await expect(page.locator('.situation').first()).toBeVisible();
      await clean();
      for (const tab of ['#start-documents', '#start-lessons']) {
        await page.locator(tab).click();
        await clean();
      }
      await page.locator('.lesson').nth(4).click();
      await page.locator('.hints button').click();
      await clean();
      await page.locator('.foot .btn').nth(1).click();
      await expect(page.locator('.solved')).toBeVisible();
      await clean();
      if (look.viewport.width < 1000) return;
      await page.locator('.top .btn[aria-pressed]').first().click();
      await expect(page.locator('.compare')).toBeVisible();
      await clean();
    });
  });
}
