// Puts the npm package together from what the page's build wrote: node scripts/package.mjs FOLDER

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';

const target = process.argv[2];
if (!target) throw new Error('usage: node scripts/package.mjs FOLDER');
const dist = 'www/dist';
const { version, license } = JSON.parse(readFileSync('www/package.json', 'utf8'));

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const copy = (from, to) => {
  mkdirSync(dirname(`${target}/${to}`), { recursive: true });
  cpSync(from, `${target}/${to}`, { recursive: true });
};

// The site's own page is no part of the package, and neither are the files that only it has.
for (const name of ['element.js', 'vpc-playground.offline.js', 'vpcreach.schema.json', 'assets']) copy(`${dist}/${name}`, name);
for (const name of readdirSync(`${target}/assets`)) if (/^(?:early\.js|start-page-.*\.css)$/.test(name)) rmSync(`${target}/assets/${name}`);
for (const name of ['LICENSE-MIT', 'LICENSE-APACHE']) copy(name, name);
copy('docs/embedding.md', 'README.md');

// Types: only what the public declarations name; everything else stays inside.
const types = 'target/package-types';
rmSync(types, { recursive: true, force: true });
execFileSync('node', ['www/node_modules/typescript/bin/tsc', '-p', 'www/tsconfig.package.json', '--outDir', types], { stdio: 'inherit' });
for (const name of ['www/src/index', 'www/src/element', 'www/src/public', 'www/src/attributes', 'www/src/types', 'wasm/types', 'wasm/envelopes']) {
  copy(`${types}/${name}.d.ts`, `types/${name}.d.ts`);
}

const manifest = {
  name: 'vpcreach',
  version,
  description: 'The element <vpc-playground>: does this AWS Lambda function reach that destination, and if not, what stops it?',
  keywords: ['aws', 'vpc', 'lambda', 's3', 'web-component'],
  license,
  type: 'module',
  exports: {
    '.': { types: './types/www/src/index.d.ts', default: './element.js' },
    './offline': './vpc-playground.offline.js',
    './schema.json': './vpcreach.schema.json',
    './package.json': './package.json',
  },
  types: './types/www/src/index.d.ts',
  // Importing the package registers the element.
  sideEffects: true,
  files: ['element.js', 'vpc-playground.offline.js', 'vpcreach.schema.json', 'assets', 'types', 'LICENSE-MIT', 'LICENSE-APACHE'],
};
writeFileSync(`${target}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`);
console.log(`${target}: ${readdirSync(target).join(', ')}`);
