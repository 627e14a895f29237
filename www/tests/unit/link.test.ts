import { deflateSync } from 'fflate';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

import { isLink } from '../../src/links/fragment';
import { BrokenLink, decodeLink, encodeLink, type LinkState } from '../../src/links/link';

/** A document as a value: its layout is not what a link promises. */
interface Fixture extends Omit<LinkState, 'text'> {
  readonly name: string;
  readonly link: string;
  readonly document?: unknown;
  readonly text?: string;
}

/** Links that were given out, and what they mean. Entries are added and never changed: a link is kept. */
const fixtures = JSON.parse(readFileSync(new URL('links.json', import.meta.url), 'utf8')) as Fixture[];

const dictionary = readFileSync(new URL('../../src/links/dictionary-1.txt', import.meta.url), 'utf8');

const simple: LinkState = { text: '{\n  "vpcs": {}\n}\n', question: null, view: {} };

/** What is wrong with it. */
function problem(fragment: string): string {
  try {
    decodeLink(fragment);
    return 'none';
  } catch (error) {
    if (error instanceof BrokenLink) return error.problem;
    throw error;
  }
}

/** A link around bytes that no link holds: FNV-1a as in the format. */
function forge(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  const packed = deflateSync(bytes, { level: 9, dictionary: new TextEncoder().encode(dictionary) });
  return `#1.${Buffer.concat([Buffer.from([hash >>> 24, hash >>> 16, hash >>> 8]), packed]).toString('base64url')}`;
}

test.each(fixtures.map((fixture) => [fixture.name, fixture] as const))('the old link “%s” still opens', (_, { link, document, text, question, view }) => {
  const state = decodeLink(link);
  if (text === undefined) expect(JSON.parse(state.text)).toEqual(document);
  else expect(state.text).toBe(text);
  expect(state.question).toEqual(question);
  expect(state.view).toEqual(view);
});

test('the dictionary of version 1 is frozen', () => {
  expect(createHash('sha256').update(dictionary).digest('hex')).toBe('86eb9ae2023911b12a6625c6d69f497a03f6129fb9c6de7b4756ccd0496fd532');
});

test.each<[string, LinkState]>([
  ['a document in the page’s layout', simple],
  ['a document in YAML with comments', { text: 'vpcs:\n  main: { cidr: 10.0.0.0/16 } # ours\n', question: 1, view: { tab: 'text' } }],
  ['a text that is broken', { text: '{ "vpcs": { "日本語": ', question: null, view: {} }],
  ['a key that is there twice', { text: '{"vpcs":{"a":{},"a":{}}}', question: null, view: {} }],
  ['a number that JavaScript would round', { text: '{"functions":{"f":{"timeout":12345678901234567890}}}', question: null, view: {} }],
  ['everything', { text: simple.text, question: { from: 'function/f', to: '10.0.0.9:53/udp', port: 53, protocol: 'udp' }, view: { show: { routes: true, acls: false, groups: true }, focus: false, hop: 4, tab: 'checks' } }],
])('%s comes back as it was', (_, state) => {
  const link = encodeLink(state);
  expect(isLink(link)).toBe(true);
  expect(link).toMatch(/^#1\.[\w-]+$/);
  expect(decodeLink(link)).toEqual(state);
});

test('the layout of a valid document does not travel', () => {
  expect(decodeLink(encodeLink({ ...simple, text: ' { "vpcs" :{} }\n' })).text).toBe(simple.text);
});

test.each([
  ['another version', '#2.AAAA', 'version'],
  ['no version', '#.AAAA', 'version'],
  ['a version alone', '#1', 'cutOff'],
  ['nothing', '#1.', 'cutOff'],
  ['a character of a mail program', `${encodeLink(simple)}>`, 'characters'],
  ['an escape', encodeLink(simple).replace(/.$/, '%20'), 'characters'],
  ['a character beyond ASCII', '#1.ééé', 'characters'],
  ['the first half', encodeLink(simple).slice(0, -4), 'cutOff'],
  ['one letter over', '#1.AAAAA', 'cutOff'],
  ['bytes that are no text', forge(Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d)), 'notText'],
  ['half a character', forge(new TextEncoder().encode('{"text":"é"}').subarray(0, 10)), 'notText'],
  ['text that is no JSON', forge(new TextEncoder().encode('hello')), 'notState'],
  ['JSON that is no state', forge(new TextEncoder().encode('[1,2]')), 'notState'],
  ['a state without document', forge(new TextEncoder().encode('{"view":{}}')), 'notState'],
  ['brackets without end', forge(new TextEncoder().encode('['.repeat(1_000_000))), 'notState'],
  ['10 MB of zeros', forge(new Uint8Array(10_000_000)), 'tooLarge'],
])('%s is refused by name', (_, fragment, expected) => {
  expect(problem(fragment)).toBe(expected);
});

test('no change of a single character goes unnoticed', () => {
  const link = encodeLink({ ...simple, text: 'a text of some length, which is no document\n'.repeat(3) });
  for (let at = 3; at < link.length - 1; at += 1) {
    const other = link[at] === 'A' ? 'B' : 'A';
    expect(problem(link.slice(0, at) + other + link.slice(at + 1)), `character ${at}`).not.toBe('none');
  }
});

test('random bytes are refused, and nothing else is thrown', () => {
  let seed = 7;
  const random = (): number => (seed = (seed * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
  for (let round = 0; round < 500; round += 1) {
    const bytes = Uint8Array.from({ length: Math.floor(random() * 300) }, () => Math.floor(random() * 256));
    expect(problem(`#1.${Buffer.from(bytes).toString('base64url')}`)).not.toBe('none');
  }
});

test('parts of a state that mean nothing are left out', () => {
  const forged = forge(new TextEncoder().encode('{"text":"x","ask":{"from":1},"view":{"hop":-1,"tab":"<img>","show":"all","focus":2}}'));
  expect(decodeLink(forged)).toEqual({ text: 'x', question: null, view: {} });
});
