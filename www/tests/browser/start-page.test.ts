/** The site's page before its script has run. */

import { expect, test, type Page } from '@playwright/test';

import { expectNoViolation } from './axe';
import { hold, linkOf, Reach } from './page';

const FIRST_VIEW = '**/assets/first-view-*.js';

const still = (page: Page) => page.locator('.app.still:visible');

/** Opens the page without its script; what it gives lets the script come. */
async function openStill(page: Page, address = '/'): Promise<() => Promise<void>> {
  const release = await hold(page, FIRST_VIEW);
  await page.goto(address, { waitUntil: 'commit' });
  await page.waitForFunction(() => document.querySelector('vpc-playground > p:last-child'));
  return async () => {
    release();
    await expect(page.locator('.app:not(.still)')).toBeVisible();
    await expect(page.locator('.still')).toHaveCount(0);
  };
}

/** Everything that is drawn but the lines of the path: its place, its words and its look. */
const drawn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    for (const element of document.querySelector('vpc-playground')?.shadowRoot?.querySelectorAll<HTMLElement>('.app *:not(path, option, optgroup, .path, .room)') ?? []) {
      const [box] = element.getClientRects();
      if (!box) continue;
      // The build's own classes are numbers; the room of a centred drawing is not drawn.
      const names = [...element.classList].filter((name) => !/^w\d+$/.test(name)).join('.');
      const place = names === 'sheet0' ? '' : [box.x, box.y, box.width, box.height].map((length) => Math.round(length * 100) / 100).join(' ');
      const own = [...element.childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '').trim() : '')).join('');
      const { color, backgroundColor, borderTopColor, fontWeight } = getComputedStyle(element);
      found.push([element.localName, names, place, element instanceof HTMLSelectElement ? element.selectedOptions[0]?.textContent : own, color, backgroundColor, borderTopColor, fontWeight].join(' | '));
    }
    return found;
  });

/** Takes away what comes with time: that the script is late. */
const young = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const root of [document, document.querySelector('vpc-playground')?.shadowRoot ?? document]) for (const animation of root.getAnimations()) animation.cancel();
    for (const words of document.querySelectorAll<HTMLElement>('vpc-playground > p')) words.style.visibility = 'hidden';
  });

const picture = async (page: Page): Promise<string> => `data:image/png;base64,${(await page.screenshot({ fullPage: true })).toString('base64')}`;

/** How many pixels differ by more than the smoothing of an edge. */
const differing = (page: Page, ...pictures: readonly string[]): Promise<number> =>
  page.evaluate(async (sources) => {
    const [one, other] = await Promise.all(
      sources.map(async (source) => {
        const image = await createImageBitmap(await (await fetch(source)).blob());
        const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
        canvas?.drawImage(image, 0, 0);
        return canvas?.getImageData(0, 0, image.width, image.height).data ?? [];
      }),
    );
    if (!one || !other || one.length !== other.length) return Infinity;
    let count = 0;
    for (let at = 0; at < one.length; at += 4) if ([0, 1, 2].some((channel) => Math.abs((one[at + channel] ?? 0) - (other[at + channel] ?? 0)) > 40)) count += 1;
    return count;
  }, pictures);

for (const { name, widths, ...look } of [
  // Each of the diagram's layouts at its ends and where texts come and go.
  { name: 'light', locale: 'en-US', colorScheme: 'light', widths: [1920, 1456, 1455, 1440, 1337, 1280, 1121, 1120, 1119, 1055, 900, 860, 859, 768, 701, 640, 639, 412, 391, 390, 375, 360, 331] },
  { name: 'dark, Japanese', locale: 'ja-JP', colorScheme: 'dark', widths: [1921, 1440, 1024, 745, 641, 430, 390, 345] },
] as const) {
  test.describe(name, () => {
    test.use(look);

    test('what the page shows before its script has run is what the app shows, at every width', async ({ page }) => {
      test.slow();
      await hold(page, '**/assets/late-*.js');
      const release = await openStill(page);
      const looks = async (): Promise<{ drawn: string[]; picture: string }[]> => {
        const found = [];
        for (const width of widths) {
          await page.setViewportSize({ width, height: 900 });
          // The app measures its canvas in a frame.
          await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
          await young(page);
          found.push({ drawn: await drawn(page), picture: await picture(page) });
        }
        return found;
      };
      await expect(still(page)).toHaveCount(1);
      const before = await looks();
      await release();
      const after = await looks();
      for (const [index, width] of widths.entries()) {
        expect(before[index]?.drawn, `at ${width} px`).toEqual(after[index]?.drawn);
        expect(before[index]?.drawn.filter((one) => one.startsWith('span | hop')).length).toBeGreaterThan(4);
        expect(await differing(page, before[index]?.picture ?? '', after[index]?.picture ?? ''), `pixels at ${width} px`).toBeLessThan(16);
      }
    });
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the app takes the place of the picture where the page is scrolled to', async ({ page }) => {
    await hold(page, '**/assets/late-*.js');
    const release = await openStill(page);
    await page.evaluate(() => scrollTo(0, 240));
    await release();
    expect(await page.evaluate(() => scrollY)).toBe(240);
    await expect(page.locator('.mark.drop')).toHaveCount(1);
  });
});

test('nothing in it answers, takes the focus or breaks a rule of accessibility, and one of it is left when the app is there', async ({ page }) => {
  const release = await openStill(page);
  await page.keyboard.press('Tab');
  await page.mouse.click(200, 24);
  expect(await page.evaluate(() => document.querySelector('vpc-playground')?.shadowRoot?.activeElement ?? null)).toBeNull();
  expect(await page.locator('vpc-playground [id]').count()).toBe(0);
  await expectNoViolation(page);
  await release();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('h1')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await expect(page.locator('.top .doc').first()).toBeFocused();
});

test('a script that is late leaves controls that look idle', async ({ page }) => {
  await openStill(page);
  const share = still(page).locator('.top .btn', { hasText: 'Share' });
  /** So many milliseconds after the first paint, whenever this comes to look. */
  const colour = (after: number): Promise<string> =>
    share.evaluate((button, time) => {
      for (const animation of button.getAnimations()) {
        animation.pause();
        animation.currentTime = time;
      }
      return getComputedStyle(button).color;
    }, after);
  expect(await colour(900)).toBe(await colour(0));
  expect(await colour(2000)).not.toBe(await colour(900));
});

const link = linkOf(Buffer.from(JSON.stringify({ document: { functions: { f: {} }, buckets: { b: {} } } })));

for (const [name, address] of [
  ['a link', `/${link}`],
  ['a link of a version that is not known', '/#7.abcd'],
  ['an empty start', '/#new'],
] as const) {
  test(`${name} never shows the verdict of the start page`, async ({ page }) => {
    const release = await openStill(page, address);
    await expect(page.locator('.still')).toHaveCount(2);
    await expect(still(page)).toHaveCount(0);
    await release();
  });
}

test('language and theme that were chosen are those of the picture, before any other is seen', async ({ page }) => {
  await page.addInitScript(() => {
    localStorage.setItem('vpcreach.language', 'ja');
    localStorage.setItem('vpcreach.theme', 'dark');
  });
  const release = await openStill(page);
  await expect(still(page).locator('h1')).toHaveText('タイムアウト');
  const ground = (): Promise<string> => page.locator('.top:visible').evaluate((bar) => getComputedStyle(bar).backgroundColor);
  expect(await ground()).toBe('rgb(18, 22, 28)');
  await release();
  await expect(new Reach(page).verdict).toHaveText('タイムアウト');
  expect(await ground()).toBe('rgb(18, 22, 28)');
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the page shows its first answer, and says what it is and what it needs', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByText('This page needs JavaScript.')).toBeVisible();
    await expect(page.getByText('Without it, its first example can only be looked at.')).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Times out');
    await expect(page.getByRole('region', { name: 'Answer' })).toContainText('a Lambda network interface never has a public IPv4 address');
    await expect(page.locator('.still :is(button, select, summary, [tabindex]):not([inert] *, [inert])')).toHaveCount(0);
    await expect(still(page).locator('.mark.drop:visible')).toHaveCount(1);
    await expect(still(page).locator('.top .btn:visible')).toHaveCount(0);
  });
});
