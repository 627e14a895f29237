import { expect, test, type Page } from '@playwright/test';

import { Reach } from './page';

/** Keeps hold of the instances of wasm modules, so that a test can spoil their memory. */
async function holdInstances(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const instances: WebAssembly.Instance[] = [];
    Object.assign(window, { instances });
    const instantiate = WebAssembly.instantiate.bind(WebAssembly) as (module: WebAssembly.Module, imports: WebAssembly.Imports) => Promise<WebAssembly.Instance>;
    WebAssembly.instantiate = (async (module: WebAssembly.Module, imports: WebAssembly.Imports) => {
      const instance = await instantiate(module, imports);
      instances.push(instance);
      return instance;
    }) as typeof WebAssembly.instantiate;
  });
}

/** After this the engine's next call traps by itself: every pointer in its memory leads out of it. */
const spoilMemory = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { instances } = window as unknown as { instances: WebAssembly.Instance[] };
    const engine = instances.filter((instance) => 'analyze' in instance.exports).at(-1);
    new Uint8Array((engine?.exports['memory'] as WebAssembly.Memory).buffer).fill(0xff);
  });

const document = (timeout: number): string =>
  JSON.stringify({ vpcs: { main: { cidr: '10.0.0.0/16' } }, subnets: { a: { cidr: '10.0.0.0/24' } }, functions: { reader: { subnets: ['a'], securityGroups: ['default'], timeout } }, buckets: { b: {} } });

test('an engine that traps is replaced: the document stays, and editing and undo go on', async ({ page }) => {
  await holdInstances(page);
  const reach = await Reach.open(page);
  await reach.openText();
  await reach.write(document(7));
  await expect(reach.log).toContainText('Task timed out after 7.00 seconds');

  // Whoever edits gets the engine with everything, and a fresh one cannot stop.
  await page.waitForFunction(() => (window as unknown as { instances: WebAssembly.Instance[] }).instances.filter((instance) => 'analyze' in instance.exports).length === 2);
  // What is typed after a step in the history is an entry of its own, however fast it comes.
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(reach.log).toContainText('Task timed out after 30.00 seconds');
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(reach.log).toContainText('Task timed out after 7.00 seconds');
  await spoilMemory(page);
  await reach.write(document(8));
  await expect(page.getByRole('alert')).toContainText('The engine stopped and was restarted');
  await expect(reach.textBox).toContainText('"timeout":8');
  await expect(page.locator('.word')).toContainText('as of your last valid text');
  await expect(reach.diagram.getByRole('treeitem', { name: /^reader\s*Lambda function/ })).toBeVisible();

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(reach.log).toContainText('Task timed out after 7.00 seconds');
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(reach.log).toContainText('Task timed out after 8.00 seconds');
});

test('elements that share an engine go on after it trapped under one of them', async ({ page }) => {
  await holdInstances(page);
  const inline = `<script type="application/json">${document(7)}</script>`;
  await page.route('**/handbook.html', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>Handbook</title><vpc-playground>${inline}</vpc-playground><vpc-playground>${inline}</vpc-playground><script type="module" src="/vpc-playground.js"></script>` }),
  );
  await page.goto('/handbook.html');
  const [first, second] = [page.locator('vpc-playground').nth(0), page.locator('vpc-playground').nth(1)];
  await second.scrollIntoViewIfNeeded();
  await expect(second.locator('.word')).toContainText('Times out');
  await spoilMemory(page);
  await first.evaluate((element: HTMLElement & { text: string }) => (element.text = element.text.replace('7', '8')));
  await expect(first.getByRole('alert')).toContainText('The engine stopped and was restarted');
  await second.evaluate((element: HTMLElement & { text: string }) => (element.text = element.text.replace('7', '9')));
  await expect(second.locator('.e-log')).toContainText('9.00 seconds');
  await expect(second.getByRole('alert')).toHaveCount(0);
});

test('an engine that cannot be loaded is said to be gone, and the text can still be written', async ({ page }) => {
  await page.route('**/*.wasm', (route) => route.fulfill({ status: 500, body: '' }));
  const reach = new Reach(page);
  await page.goto('/');
  await expect(page.getByRole('alert')).toContainText('The engine cannot be started');
  await reach.openText();
  await reach.write(document(5));
  await expect(reach.textBox).toContainText('"timeout":5');
});
