// Prints what a page has to load, and fails when a part is over its budget.
// Sizes are those after gzip -9, in KB of 1000 bytes.
//
// A part that is known to be over its budget has a `debt`: the most that it may weigh until it is within the budget.
// A debt only shrinks. It fails the check when the part outgrows it, when it is more than 3 % too generous, and when
// the part has been clearly within the budget: names of files change the last bytes, so a hair's breadth does not count.

import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = 'www/dist/';
const assets = readdirSync(`${dist}assets`).map((name) => `assets/${name}`);
const entry = [...readFileSync(`${dist}index.html`, 'utf8').matchAll(/<(?:script type="module"|link rel="stylesheet")[^>]* (?:src|href)="\.\/((?!assets\/start-page)[^"]+)"/g)].map(([, path]) => path);
const named = (pattern) => assets.filter((path) => pattern.test(path));

const parts = [
  // The network alone, and with policies, words for mistakes, and what else few documents have.
  { what: 'engine (wasm)', files: named(/\/engine_bg.*\.wasm$/), budget: 150 },
  { what: 'engine in Japanese (wasm)', files: named(/\/engine-ja_bg.*\.wasm$/), budget: 150 },
  { what: 'engine with everything (wasm)', files: named(/\/engine-whole_bg.*\.wasm$/), budget: 175, debt: 228 },
  { what: 'the same in Japanese (wasm)', files: named(/\/engine-whole-ja_bg.*\.wasm$/), budget: 175, debt: 230 },
  // How much larger policies, roles, accounts, keys and requests make the engine: beside one that is built for this alone.
  {
    what: 'permissions, of the engine (wasm)',
    files: named(/\/engine-whole_bg.*\.wasm$/),
    above: 'www/src/wasm/pkg-engine-without-permissions/engine-without-permissions_bg.wasm',
    budget: 25,
    debt: 45.4,
  },
  { what: 'element, first view', files: entry, budget: 45 },
  // The site's page as it is painted before any script: both languages, with the style of that alone, and the script in its head.
  { what: 'start page', files: ['index.html', ...named(/\/(?:start-page-.*\.css|early\.js)$/)], budget: 13 },
  // With what the whole playground fetches unasked: toolbar, panel with the answer, player, status line, their style, words of one language.
  { what: 'element, full mode', files: [...entry, ...named(/\/(late|en)-.*\.js$/)], budget: 60 },
  { what: 'engine glue', files: named(/\/engine-(?!ja-|whole-).*\.js$/), budget: 6 },
  { what: 'edit (wasm), on demand', files: named(/\/edit_bg.*\.wasm$/) },
  { what: 'repair glue, in its worker', files: named(/\/repair\.worker-.*\.js$/), budget: 6 },
  { what: 'repair (wasm), after the first view', files: named(/\/repair_bg.*\.wasm$/) },
  { what: 'export (wasm), on demand', files: named(/\/export_bg.*\.wasm$/) },
  { what: 'svg (wasm), on demand', files: named(/\/svg_bg.*\.wasm$/) },
  { what: 'import (wasm), on demand', files: named(/\/import_bg.*\.wasm$/) },
];
// The text editor is a library, and the import's worker runs beside the page; everything else that is fetched later counts together.
const editor = named(/\/editor-.*\.js$/);
const counted = new Set([...parts.flatMap((part) => part.files), ...editor]);
const onDemand = assets.filter((path) => path.endsWith('.js') && !counted.has(path));
parts.push({ what: 'everything else on demand', files: onDemand }, { what: 'text editor, on demand', files: editor });
for (const path of onDemand) parts.push({ what: `  ${path.slice('assets/'.length).replace(/-[\w-]{8}(?=\.)/, '')}`, files: [path] });

let failed = false;
console.log(`${'part'.padEnd(36)}${'raw KB'.padStart(9)}${'gzip KB'.padStart(9)}${'budget'.padStart(9)}`);
for (const { what, files, above, budget, debt } of parts) {
  const contents = files.map((path) => readFileSync(dist + path));
  const base = above ? [readFileSync(above)] : [];
  const raw = sum(contents, (content) => content.length) - sum(base, (content) => content.length);
  const size = sum(contents, zipped) - sum(base, zipped);
  const [fails, verdict] = judge(files.length, size, budget, debt);
  failed ||= fails;
  const limit = budget === undefined ? '-' : String(budget);
  console.log(`${what.padEnd(36)}${raw.toFixed(1).padStart(9)}${size.toFixed(1).padStart(9)}${limit.padStart(9)}  ${verdict}`);
}
process.exit(failed ? 1 : 0);

/** In KB of 1000 bytes. */
function sum(contents, sizeOf) {
  return contents.reduce((sum, content) => sum + sizeOf(content), 0) / 1000;
}

function zipped(content) {
  return gzipSync(content, { level: 9 }).length;
}

/** Whether a part fails the check, and what to say of it. */
function judge(count, size, budget = Infinity, debt = budget) {
  if (count === 0) return [true, 'MISSING'];
  if (size > debt) return [true, debt > budget ? `OVER BUDGET, and over its debt of ${debt}` : 'OVER BUDGET'];
  if (debt > budget && size < budget * 0.97) return [true, `within the budget: delete its debt of ${debt}`];
  if (size < debt * 0.97 && debt > budget) return [true, `smaller than its debt of ${debt}: lower the debt`];
  return [false, size > budget ? `OVER BUDGET, known: at most ${debt} until it is mended` : ''];
}
