// Measures the built page in Chromium: npm run bench
// Each figure is the median of interleaved rounds, and the quietest of them; ratios are between variants of the same run.

import { readFileSync } from 'node:fs';

import { serve } from './serve.mjs';

const { origin, browser, close } = await serve({ '/blank.html': '<!doctype html><title>blank</title><h1>blank</h1>' });

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

function report(title, names, times, note) {
  const medians = times.map(median);
  console.log(`\n${title} (${times[0].length} interleaved rounds)\n${'median'.padStart(65)}${'quietest'.padStart(20)}`);
  names.forEach((name, index) => {
    console.log(`  ${name.padEnd(52)}${medians[index].toFixed(1).padStart(8)} ms${(medians[index] / medians[0]).toFixed(2).padStart(8)}×${Math.min(...times[index]).toFixed(1).padStart(8)} ms`);
  });
  if (note) console.log(`  ${note}`);
}

/** Runs in the page before everything else: tells when the verdict was first painted. */
const watch = () => {
  const look = () => {
    const root = document.querySelector('vpc-playground')?.shadowRoot;
    const done = root ? root.querySelector('h1:not(.quiet)') : !document.querySelector('vpc-playground') && document.querySelector('h1');
    if (!done) {
      requestAnimationFrame(look);
      return;
    }
    // A message that is sent in a frame arrives when the frame has been painted.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => console.log(performance.now());
    requestAnimationFrame(() => port2.postMessage(0));
  };
  requestAnimationFrame(look);
};

async function load(context, path) {
  const page = await context.newPage();
  await page.addInitScript(watch);
  // Asking the page for it would cost the page time.
  const told = page.waitForEvent('console', (message) => message.type() === 'log');
  await page.goto(origin + path);
  const time = Number((await told).text());
  await page.close();
  return time;
}

const ROUNDS = 11;
const loads = [[], [], [], [], []];
/** The page starts with an answer that was found when it was built; what a link brings it answers itself. */
const [{ link }] = JSON.parse(readFileSync(new URL('../tests/unit/links.json', import.meta.url), 'utf8'));
for (let round = 0; round < ROUNDS; round += 1) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  loads[0].push(await load(context, '/blank.html'));
  loads[1].push(await load(context, '/'));
  loads[2].push(await load(context, '/'));
  await context.close();
  const fresh = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  loads[3].push(await load(fresh, `/${link}`));
  loads[4].push(await load(fresh, '/offline.html'));
  await fresh.close();
}
report('load, from navigation to the painted verdict', ['a page with one heading', 'the playground, nothing cached', 'the playground again', 'a link that its engine answers, nothing cached', 'the offline script, nothing cached'], loads, 'aim: 300 ms with nothing cached');

const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(origin);
// What comes late comes after the engine.
await page.waitForFunction(() => document.querySelector('vpc-playground')?.shadowRoot?.querySelector('.status'));
const edits = await page.evaluate(async () => {
  const element = document.querySelector('vpc-playground');
  const verdict = () => element.shadowRoot.querySelector('h1').textContent;
  const before = element.text;
  // One change that keeps the verdict, and one that turns it.
  const document_ = JSON.parse(before);
  const [table] = Object.keys(document_.routeTables);
  const variants = [
    () => {},
    (round) => (element.text = before.replace('"timeout": 30', `"timeout": ${31 + (round % 9)}`)),
    (round) => {
      const changed = structuredClone(document_);
      if (round % 2 === 0) changed.vpcEndpoints = { s3: { service: 's3', routeTables: [table] } };
      element.text = JSON.stringify(changed, null, 2);
    },
  ];
  const times = variants.map(() => []);
  const seen = new Set();
  for (let round = 0; round < 41; round += 1) {
    for (const [index, change] of variants.entries()) {
      times[index].push(
        await new Promise((resolve) =>
          requestAnimationFrame(() => {
            const begin = performance.now();
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now() - begin);
            change(round);
            port2.postMessage(0);
          }),
        ),
      );
      if (index === 2) seen.add(verdict());
    }
  }
  return { times, seen: [...seen] };
});
if (edits.seen.length !== 2) throw new Error(`the verdict did not follow the edits: ${edits.seen.join(', ')}`);
report("an edit of the article's VPC, from the change to the painted verdict", ['a frame without a change', "a function's time-out changes", 'the verdict turns'], edits.times, 'aim: 16 ms, one frame');

await close();
