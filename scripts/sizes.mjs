// Prints what a page has to load, and fails when a part is over its budget.
// Sizes are those after gzip -9, in KB of 1000 bytes.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const size = (path) => gzipSync(readFileSync(path), { level: 9 }).length / 1000;

const modules = ['engine', 'import'].map((name) => `www/src/wasm/pkg-${name}/${name}_bg.wasm`);
const parts = [
  { what: 'engine, wasm', files: [modules[0]], budget: 150 },
  { what: 'import, wasm, on demand', files: [modules[1]] },
];
