// Prints what a page has to load, and fails when a part is over its budget.
// Sizes are those after gzip -9, in KB of 1000 bytes.

import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = 'www/dist/';
const assets = readdirSync(`${dist}assets`).map((name) => `assets/${name}`);
const entry = [...readFileSync(`${dist}index.html`, 'utf8').matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => path);
const named = (pattern) => assets.filter((path) => pattern.test(path));

const parts = [
  { what: 'engine (wasm)', files: named(/\/engine_bg.*\.wasm$/), budget: 150 },
  { what: 'element (script and style)', files: entry, budget: 45 },
  { what: 'engine glue', files: named(/\/engine-.*\.js$/), budget: 6 },
  { what: 'import (wasm), on demand', files: named(/\/import_bg.*\.wasm$/) },
];
const counted = new Set(parts.flatMap((part) => part.files));
for (const path of assets.filter((path) => !counted.has(path))) {
  parts.push({ what: `${path.slice('assets/'.length).replace(/-[\w-]{8}(?=\.)/, '')}, on demand`, files: [path] });
}

let over = false;
console.log(`${'part'.padEnd(36)}${'raw KB'.padStart(9)}${'gzip KB'.padStart(9)}${'budget'.padStart(9)}`);
for (const { what, files, budget } of parts) {
  const contents = files.map((path) => readFileSync(dist + path));
  const raw = contents.reduce((sum, content) => sum + content.length, 0) / 1000;
  const size = contents.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0) / 1000;
  const broken = files.length === 0 || size > budget;
  over ||= broken;
  const verdict = files.length === 0 ? '  MISSING' : broken ? '  OVER BUDGET' : '';
  const limit = budget === undefined ? '-' : String(budget);
  console.log(`${what.padEnd(36)}${raw.toFixed(1).padStart(9)}${size.toFixed(1).padStart(9)}${limit.padStart(9)}${verdict}`);
}
process.exit(over ? 1 : 0);
