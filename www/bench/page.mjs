// Measures the built page in Chromium: npm run bench
// Each figure is the median of interleaved rounds, and the quietest of them; ratios are between variants of the same run.

import { readFileSync } from 'node:fs';

import { serve } from './serve.mjs';

const { origin, browser, close } = await serve({ '/blank.html': '<!doctype html><title>blank</title><h1>blank</h1>' });

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

function report(title, names, times, note) {
  const medians = times.map(median);
  console.log(`\n${title} (${times[0].length} rounds)\n${'median'.padStart(65)}${'quietest'.padStart(20)}`);
  names.forEach((name, index) => {
    console.log(`  ${name.padEnd(52)}${medians[index].toFixed(1).padStart(8)} ms${(medians[index] / medians[0]).toFixed(2).padStart(8)}×${Math.min(...times[index]).toFixed(1).padStart(8)} ms`);
  });
  if (note) console.log(`  ${note}`);
}

/**
 * Runs in the page before everything else: tells when the verdict was first painted, and when the app was there that
 * answers to input. The start page's verdict is in its markup; whatever else has its verdict from the app.
 */
const watch = () => {
  const seen = { painted: 0, mounted: 0 };
  const shown = (root, selector) => [...(root?.querySelectorAll(selector) ?? [])].some((heading) => heading.checkVisibility({ visibilityProperty: true }));
  // A message that is sent in a frame arrives when the frame has been painted.
  const note = (what) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      seen[what] = performance.now();
      if (seen.painted && seen.mounted) console.log(JSON.stringify(seen));
    };
    port2.postMessage(0);
  };
  const look = (painted, mounted) => {
    const element = document.querySelector('vpc-playground');
    const root = element ? element.shadowRoot : document.body && document;
    const [paints, mounts] = [shown(root, 'h1:not(.quiet)'), shown(root, element ? '.app:not(.still) h1:not(.quiet)' : 'h1')];
    if (paints && !painted) note('painted');
    if (mounts && !mounted) note('mounted');
    if (!paints || !mounts) requestAnimationFrame(() => look(paints, mounts));
  };
  requestAnimationFrame(() => look(false, false));
};

async function load(context, path) {
  const page = await context.newPage();
  await page.addInitScript(watch);
  // Asking the page for it would cost the page time.
  const told = page.waitForEvent('console', (message) => message.type() === 'log');
  await page.goto(origin + path);
  const times = JSON.parse((await told).text());
  await page.close();
  return times;
}

const ROUNDS = 11;
const loads = ['a page with one heading', 'the playground, nothing cached', 'the playground again', 'a link that its engine answers, nothing cached', 'the offline script, nothing cached'].map((name) => ({ name, painted: [], mounted: [] }));
/** The page starts with an answer that was found when it was built; what a link brings it answers itself. */
const [{ link }] = JSON.parse(readFileSync(new URL('../tests/unit/links.json', import.meta.url), 'utf8'));
for (let round = 0; round < ROUNDS; round += 1) {
  const note = async (index, context, path) => {
    const { painted, mounted } = await load(context, path);
    loads[index].painted.push(painted);
    loads[index].mounted.push(mounted);
  };
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await note(0, context, '/blank.html');
  await note(1, context, '/');
  await note(2, context, '/');
  await context.close();
  const fresh = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await note(3, fresh, `/${link}`);
  await note(4, fresh, '/offline.html');
  await fresh.close();
}
const names = loads.map(({ name }) => name);
report('load, from navigation to the painted verdict', names, loads.map(({ painted }) => painted), 'aim: 300 ms with nothing cached');
report('mounted: from navigation until the app is there, painted, and answers to input', names, loads.map(({ mounted }) => mounted));

const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(origin);
// What comes late comes after the engine.
await page.waitForFunction(() => document.querySelector('vpc-playground')?.shadowRoot?.querySelector('.status'));

/** When in a frame an edit happens, in ms after its beginning; a person's comes at any time. */
const PHASES = [1, 5, 9, 13];
const edits = await page.evaluate(async (phases) => {
  const element = document.querySelector('vpc-playground');
  const root = element.shadowRoot;
  const before = element.text;
  // One change that keeps the verdict, and one that turns it; each says whether it is seen.
  const document_ = JSON.parse(before);
  const [table] = Object.keys(document_.routeTables);
  const verdicts = new Set();
  const variants = [
    () => () => true,
    (round) => {
      const seconds = 31 + (round % 9);
      element.text = before.replace('"timeout": 30', `"timeout": ${seconds}`);
      return () => root.querySelector('.log').textContent.includes(`Task timed out after ${seconds}.00 seconds`);
    },
    (round) => {
      const changed = structuredClone(document_);
      if (round % 2 === 0) changed.vpcEndpoints = { s3: { service: 's3', routeTables: [table] } };
      const was = root.querySelector('h1').textContent;
      element.text = JSON.stringify(changed, null, 2);
      return () => {
        verdicts.add(root.querySelector('h1').textContent);
        return root.querySelector('h1').textContent !== was;
      };
    },
  ];
  /** Resolves with the frame's time, once it is painted and the next task begins. */
  const frame = (inside = () => {}) =>
    new Promise((resolve) =>
      requestAnimationFrame((time) => {
        const begin = performance.now();
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve({ time, begin, end: performance.now() });
        inside();
        port2.postMessage(0);
      }),
    );
  const length = await (async () => {
    const times = [];
    for (let count = 0; count < 30; count += 1) times.push((await frame()).time);
    return times.map((time, index) => time - times[index - 1]).slice(1).sort((a, b) => a - b)[14];
  })();
  const found = variants.map(() => []);
  for (let round = 0; round < 41; round += 1) {
    for (const [index, change] of variants.entries()) {
      for (const phase of phases) {
        await frame();
        const { time } = await frame();
        while (performance.now() < time + phase);
        const begin = performance.now();
        const isSeen = change(round * phases.length + phases.indexOf(phase));
        await null;
        const changed = performance.now();
        let seen;
        const next = await frame(() => (seen = isSeen()));
        found[index].push({ phase, painted: next.end - begin, work: changed - begin + next.end - next.begin, next: seen && next.time - time < 1.5 * length });
      }
    }
  }
  return { found, length, verdicts: [...verdicts] };
}, PHASES);
if (edits.verdicts.length !== 2) throw new Error(`the verdict did not follow the edits: ${edits.verdicts.join(', ')}`);
const kinds = ['a frame without a change', "a function's time-out changes", 'the verdict turns'];
report(`work: an edit of the article's VPC, the main thread's time for answer, drawing and frame`, kinds, edits.found.map((list) => list.map(({ work }) => work)));
report('from the edit to the painted verdict, at all phases of a frame', kinds, edits.found.map((list) => list.map(({ painted }) => painted)), `aim: one frame, ${edits.length.toFixed(1)} ms here`);
console.log(`\npainted in the very next frame, by the ms of the frame in which the edit happens\n${''.padEnd(54)}${PHASES.map((phase) => `${phase} ms`.padStart(8)).join('')}${'all'.padStart(8)}`);
kinds.forEach((kind, index) => {
  const share = (list) => `${Math.round((100 * list.filter(({ next }) => next).length) / list.length)} %`.padStart(8);
  console.log(`  ${kind.padEnd(52)}${PHASES.map((phase) => share(edits.found[index].filter((one) => one.phase === phase))).join('')}${share(edits.found[index])}`);
});

await close();
