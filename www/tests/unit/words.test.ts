import { expect, test } from 'vitest';

import { emphasise } from '../../src/emphasis';
import { expectations, parsePort } from '../../src/question';
import { pointerRange, rangeOf } from '../../src/text/places';
import { loadWords, preferredLanguage } from '../../src/words';
import { loadEditWords } from '../../src/words/editing';

/** Every text of a catalogue by its path. */
function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}/${key}`));
}

test('Japanese has its own words for everything but AWS’s names and forms', async () => {
  const [en, ja] = await Promise.all([loadWords('en'), loadWords('ja')]);
  const english = new Map(texts(en));
  const same = texts(ja).filter(([path, text]) => english.get(path) === text && text !== '').map(([path]) => path);
  expect(same).toEqual([
    '/kinds/vpc', '/log/newer', '/diagram/vpc', '/diagram/egress', '/diagram/ingress', '/diagram/out', '/diagram/in',
  ]);
});

test('and so has editing', async () => {
  const [en, ja] = await Promise.all([loadEditWords('en'), loadEditWords('ja')]);
  const english = new Map(texts(en));
  const same = texts(ja).filter(([path, text]) => english.get(path) === text).map(([path]) => path);
  expect(same).toEqual(['/fields/vpc', '/fields/arn', '/fields/enableDns64', '/fields/sdk']);
});

test('no text is empty', async () => {
  for (const language of ['en', 'ja'] as const) {
    for (const [path, text] of [...texts(await loadWords(language)), ...texts(await loadEditWords(language))]) expect(text.trim(), path).not.toBe('');
  }
});

test('the first language that there is wins', () => {
  expect(preferredLanguage(['de-DE', 'ja-JP', 'en'])).toBe('ja');
  expect(preferredLanguage(['fr'])).toBe('en');
});

test('names stand out in a sentence, pieces of longer names do not', () => {
  expect(emphasise('Gateway igw drops it, igw-2 does not', ['igw'])).toEqual([
    { text: 'Gateway ', strong: false },
    { text: 'igw', strong: true },
    { text: ' drops it, igw-2 does not', strong: false },
  ]);
});

test('the questions of a document are those that it expects answers to', () => {
  expect(expectations({ expect: [{ from: 'f', to: 's3://b', request: { operation: 'PutObject' } }] })).toEqual([
    { from: 'f', to: 's3://b', port: null, protocol: null, operation: 'PutObject', expectation: 0 },
  ]);
  expect(expectations({ expect: 'nonsense' })).toEqual([]);
  expect(expectations(null)).toEqual([]);
});

test.each([
  ['5432', { port: 5432, protocol: null }],
  ['53/UDP', { port: 53, protocol: 'udp' }],
  ['icmp', { port: null, protocol: 'icmp' }],
  ['0', null],
  ['70000', null],
  ['443/sctp', null],
])('port %s', (written, parsed) => {
  expect(parsePort(written)).toEqual(parsed);
});

const document = '{\n  "subnets": { "a/b": { "cidr": "10.0.0.0/24" } },\n  "routeTables": { "t": { "routes": [ { "target": "x" }, { "target": "y" } ] } }\n}';

test.each([
  ['/subnets/a~1b/cidr', '"10.0.0.0/24"'],
  ['/routeTables/t/routes/1/target', '"y"'],
  ['/subnets/a~1b/nothing', '"a/b":'],
])('pointer %s is found in the text', (pointer, text) => {
  const range = pointerRange(document, pointer);
  expect(range && document.slice(range.from, range.to)).toBe(text);
});

test('a line and column beyond the text stay inside it', () => {
  expect(rangeOf('{}', { line: 9, column: 9, path: '' })).toEqual({ from: 2, to: 2 });
});
