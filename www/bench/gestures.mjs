// Measures the built page in Chromium: from a key in a form to the painted verdict, on small and large documents.
//   npm --prefix www run bench
// `work` is the time until the page is changed and laid out, `painted` that until the frame with it is on the screen.
// A frame takes 16.7 ms.

import { spawn } from 'node:child_process';
import { chromium } from '@playwright/test';
import { largeDocument } from './large.mjs';

const PORT = 4183;
const ROUNDS = 40;
const FRAME = 1000 / 60;

const server = spawn('npx', ['vite', 'preview', '--host', 'localhost', '--port', String(PORT), '--strictPort'], { stdio: 'ignore', detached: true });
const url = `http://localhost:${PORT}/`;
for (let tries = 0; tries < 100 && !(await fetch(url).catch(() => null)); tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));

const browser = await chromium.launch({ executablePath: process.env['VPCREACH_CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await page.locator('.app:not(.still) h1:not(.quiet)').waitFor();
  await measure(page, "the article's VPC", null, /^thumbnailer/);
  await measure(page, '300 subnets, with the focus on the path', JSON.stringify(largeDocument(300)), /^order-app-a-1\s*Lambda/);
  await page.getByRole('button', { name: 'Focus on path' }).click();
  await measure(page, '300 subnets, all unfolded', undefined, /^order-app-a-1\s*Lambda/);
} finally {
  await browser.close();
  process.kill(-server.pid);
}

async function measure(page, what, text, workload) {
  if (text) await page.evaluate((value) => (document.querySelector('vpc-playground').text = value), text);
  await page.getByRole('treeitem', { name: workload }).first().click();
  const field = page.getByLabel('Timeout (seconds)', { exact: true });
  await field.waitFor();
  await page.waitForTimeout(1500);
  const times = await field.evaluate(async (input, rounds) => {
    const root = input.getRootNode();
    const app = root.querySelector('.app');
    const found = [];
    for (let round = 0; round < rounds; round += 1) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      const changed = new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          resolve();
        });
        observer.observe(root.querySelector('.change') ?? app, { childList: true, subtree: true, characterData: true });
      });
      const begin = performance.now();
      input.value = String(100 + round);
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await changed;
      app.getBoundingClientRect();
      const work = performance.now() - begin;
      await new Promise((resolve) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(null);
      }));
      found.push({ work, painted: performance.now() - begin });
    }
    return found;
  }, ROUNDS);
  const nodes = await page.evaluate(() => document.querySelector('vpc-playground').shadowRoot.querySelectorAll('*').length);
  const at = (key, part) => times.map((one) => one[key]).sort((a, b) => a - b)[Math.floor((times.length - 1) * part)];
  const number = (value) => `${value.toFixed(1)} ms`.padStart(10);
  console.log(`${what} (${nodes} elements, ${ROUNDS} edits)`);
  for (const key of ['work', 'painted']) console.log(`  ${key.padEnd(8)} median${number(at(key, 0.5))}   95 %${number(at(key, 0.95))}   ${at(key, 0.5) < FRAME ? 'within a frame' : `${(at(key, 0.5) / FRAME).toFixed(1)} frames`}`);
}
