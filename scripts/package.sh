#!/usr/bin/env bash
# Packs what the page's build wrote as npm package, and checks that a consumer's types fit.
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
need_npm_packages

# Not target/package, where cargo packs the crate at the same time.
package=target/npm-package
node scripts/package.mjs "$package"
rm -f target/vpcreach-*.tgz
npm pack "./$package" --pack-destination target --silent

consumer=target/package-consumer
rm -rf "$consumer"
mkdir -p "$consumer/node_modules"
tar -xzf target/vpcreach-*.tgz -C "$consumer/node_modules"
mv "$consumer/node_modules/package" "$consumer/node_modules/vpcreach"
cat >"$consumer/use.ts" <<'TS'
import 'vpcreach';
import { ELEMENT_NAME, type Check, type VpcPlayground } from 'vpcreach';

const element: VpcPlayground | null = document.querySelector('vpc-playground');
element?.addEventListener('verdict', (event) => {
  const check: Check | null = event.detail;
  console.log(ELEMENT_NAME, check?.verdict === 'timesOut', element.mode);
});
element?.addEventListener('change', ({ detail }) => console.log(detail.text));
TS
node www/node_modules/typescript/bin/tsc --noEmit --strict --target es2022 --module esnext --moduleResolution bundler \
  --lib es2022,dom,dom.iterable "$consumer/use.ts"
(cd "$consumer" && node -e "
  const fs = require('node:fs');
  const manifest = require('./node_modules/vpcreach/package.json');
  const files = Object.values(manifest.exports).flatMap((one) => (typeof one === 'string' ? [one] : Object.values(one)));
  const missing = files.filter((file) => !fs.existsSync('node_modules/vpcreach/' + file));
  if (missing.length > 0) throw new Error('the package lacks ' + missing.join(', '));
")
echo "a consumer finds every export, and its types fit"
