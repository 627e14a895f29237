// Holds the engine of the first view against the one with everything: node scripts/compare-engines.mjs
//
// Whatever the smaller one answers, both have to answer alike, to the last byte; and it has to answer what a person sees
// first: situations and lessons, as far as no policy and no request to one is part of them.

import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';

const { parse } = createRequire(new URL('../www/package.json', import.meta.url))('yaml');

/** What only the engine with everything reads, as the page knows it. */
const LEFT = new RegExp(`"(?:${JSON.parse(readFileSync('www/src/engine/left.json', 'utf8')).join('|')})":`);

const folder = 'www/src/wasm';
async function engine(name) {
  const glue = await import(`../${folder}/pkg-${name}/${name}.js`);
  glue.initSync({ module: readFileSync(`${folder}/pkg-${name}/${name}_bg.wasm`) });
  return glue;
}

function files(path) {
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? files(`${path}/${entry.name}`) : entry.name.endsWith('.yaml') ? [`${path}/${entry.name}`] : []));
}

const scenarios = files('tests/scenarios').sort();
const lessons = files('tests/lessons').sort();
const situations = new Set(parse(readFileSync('tests/gallery.yaml', 'utf8')).map(({ scenario }) => `tests/scenarios/${scenario}.yaml`));
const documents = [...scenarios, ...lessons].map((path) => {
  const value = parse(readFileSync(path, 'utf8'));
  return { path, text: JSON.stringify(value.document ?? value), isFirst: situations.has(path) || lessons.includes(path) };
});

/** Everything that the document expects at once, each question of it by itself, and nothing at all. */
function requests(text, lang) {
  const { expect = [] } = JSON.parse(text);
  const single = expect.map(({ from, to, port, protocol, request }) => ({ lang, from, to, port, protocol, operation: request?.operation }));
  return [{ lang }, { lang, drawOnly: true }, ...single.filter(({ port }) => port === undefined || Number.isInteger(port))];
}

const failures = [];
for (const [lang, first, whole] of [
  ['en', await engine('engine'), await engine('engine-whole')],
  ['ja', await engine('engine-ja'), await engine('engine-whole-ja')],
]) {
  let answered = 0;
  let asked = 0;
  for (const { path, text, isFirst } of documents) {
    for (const request of requests(text, lang)) {
      const answer = first.analyze(text, request);
      const expected = whole.analyze(text, request);
      const what = `${path}, ${JSON.stringify(request)}`;
      asked += 1;
      if (expected === null) failures.push(`the engine with everything does not answer ${what}`);
      if (answer === null) {
        const reads = !LEFT.test(text) && !expected.answer.diagnostics.length && !request.operation;
        if (isFirst && reads) failures.push(`the first view's engine does not answer ${what}`);
        continue;
      }
      answered += 1;
      if (LEFT.test(text)) failures.push(`the first view's engine answers what it cannot read: ${what}`);
      if (JSON.stringify(answer) !== JSON.stringify(expected)) failures.push(`the engines answer differently: ${what}`);
    }
    // A mistake that a person types, and one that breaks the text.
    for (const broken of [text.replace('{', '{"subnet":{},'), text.slice(0, -1)]) {
      if (first.analyze(broken, { lang }) !== null) failures.push(`the first view's engine passes over a mistake in ${path}`);
    }
  }
  console.log(`${lang}: of ${asked} questions about ${documents.length} documents, the first view's engine answers ${answered}`);
}
for (const failure of failures.slice(0, 20)) console.log(failure);
console.log(`${failures.length} failures`);
process.exit(failures.length > 0 ? 1 : 0);
