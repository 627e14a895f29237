// Measures the browser's modules in Node: node scripts/bench.mjs INPUTS

import { readFileSync, readdirSync } from 'node:fs';
import * as engine from '../www/src/wasm/pkg-engine/engine.js';
import * as whole from '../www/src/wasm/pkg-engine-whole/engine-whole.js';
import * as repairer from '../www/src/wasm/pkg-repair/repair.js';
import * as importer from '../www/src/wasm/pkg-import/import.js';

const inputs = process.argv[2];
const read = (name) => readFileSync(`${inputs}/${name}`);
engine.initSync({ module: readFileSync('www/src/wasm/pkg-engine/engine_bg.wasm') });
whole.initSync({ module: readFileSync('www/src/wasm/pkg-engine-whole/engine-whole_bg.wasm') });
repairer.initSync({ module: readFileSync('www/src/wasm/pkg-repair/repair_bg.wasm') });
importer.initSync({ module: readFileSync('www/src/wasm/pkg-import/import_bg.wasm') });

const ROUNDS = 9;

function milliseconds(work, repetitions) {
  const begin = performance.now();
  for (let i = 0; i < repetitions; i += 1) work();
  return (performance.now() - begin) / repetitions;
}

function compare(title, variants, rounds = ROUNDS) {
  const repetitions = variants.map(([, work]) => Math.max(1, Math.ceil(50 / Math.max(milliseconds(work, 1), 1e-3))));
  const times = variants.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    variants.forEach(([, work], index) => times[index].push(milliseconds(work, repetitions[index])));
  }
  const medians = times.map((list) => list.sort((a, b) => a - b)[rounds >> 1]);
  console.log(`\n${title} (${rounds} interleaved rounds)`);
  variants.forEach(([name], index) => {
    const ratio = (medians[index] / medians[0]).toFixed(2);
    console.log(`  ${name.padEnd(40)}${(medians[index] * 1000).toFixed(1).padStart(11)} µs${ratio.padStart(8)}×`);
  });
  return medians;
}

function expect(what, found, expected) {
  if (found !== expected) throw new Error(`${what}: ${found} instead of ${expected}`);
}

const request = { from: 'thumbnailer', to: 's3://photos', lang: 'en' };
const article = read('article.json').toString();
const large = read('large.json').toString();
expect('the article', engine.analyze(article, request).answer.checks[0].verdict, 'timesOut');
// Its peering connection is nothing that the engine of the first view reads.
expect('the large VPC', whole.analyze(large, request).answer.checks[0].verdict, 'succeeds');
compare("one call on the article's VPC: text in, answer and diagram out", [
  ['analyze', () => engine.analyze(article, request)],
  ['analyze, by the engine with everything', () => whole.analyze(article, request)],
  ['JSON.parse of the text', () => JSON.parse(article)],
]);
compare('one call on the large VPC: text in, answer and diagram out', [
  ['analyze', () => whole.analyze(large, request)],
  ['JSON.parse of the text', () => JSON.parse(large)],
]);

// A search in the large VPC takes seconds.
for (const [title, text, rounds] of [
  ["the article's VPC", article, ROUNDS],
  ['the large VPC with its NAT gateway in a private subnet', read('failing-large.json').toString(), 1],
]) {
  const found = (most) => repairer.repair(text, { ...request, most }).checks[0].cures.length;
  expect(`the first cure of ${title}`, found(1), 1);
  expect(`further cures of ${title}`, found(100) > 1, true);
  compare(`cures of ${title}`, [['the first', () => found(1)], ['all', () => found(100)]], rounds);
}

const files = readdirSync(inputs)
  .filter((name) => name.startsWith('dump.'))
  .map((name) => ({ name: name.slice('dump.'.length), bytes: new Uint8Array(read(name)) }));
const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
expect('functions of the dump', importer.importFiles(files, 'en').functions.length > 0, true);
const decoder = new TextDecoder();
const medians = compare(`${(bytes / 1e6).toFixed(1)} MB of AWS CLI output`, [
  ['importFiles', () => importer.importFiles(files, 'en')],
  ['JSON.parse of every file', () => files.map((file) => JSON.parse(decoder.decode(file.bytes)))],
]);
for (const [index, name] of ['importFiles', 'JSON.parse'].entries()) {
  console.log(`  ${name}: ${(bytes / 1e3 / medians[index]).toFixed(0)} MB/s`);
}
