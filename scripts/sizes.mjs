// Prints what a page has to load, and fails when a part is over its budget.
// Sizes are bytes after gzip -9, in KB of 1000 bytes.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const size = (path) => gzipSync(readFileSync(path), { level: 9 }).length / 1000;
