import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { loadCase } from '../../src/cases';
import { checksBetween, hopsBetween, linesBetween } from '../../src/start/compare';
import { expected } from '../../src/start/expected';
import { find, situations } from '../../src/start/gallery';
import { isKept } from '../../src/start/kept';
import { lessons, pageIn, readProgress } from '../../src/start/lessons';
import { sentence } from '../../src/start/sentences';
import * as english from '../../src/wasm/pkg-engine/engine.js';
import * as japanese from '../../src/wasm/pkg-engine-ja/engine-ja.js';
import { startWords } from '../../src/words/start';
import { check, hop, natHops } from './fixture';

test.each([
  ['Task timed out after 3.00 seconds', 'internet-gateway/function-in-the-default-vpc'],
  ['2026-11-22T02:47:31.204Z 3f8a61c2-7d0e-4b5f-9a1c-c2d81e0b6a94 Task timed out after 30.03 seconds', 'article/internet-gateway-only'],
  ['botocore.exceptions.ConnectTimeoutError: Connect timeout on endpoint URL: "https://secretsmanager.us-west-2.amazonaws.com/"', 'situations/secrets-manager-has-no-path'],
  ['Error: getaddrinfo ENOTFOUND ssm.eu-west-3.amazonaws.com', 'names/custom-dns-without-a-route'],
  ['403 AccessDenied', 'gateway-endpoint/endpoint-policy'],
  ['An error occurred (AccessDenied) when calling the CopyObject operation', 'gateway-endpoint/copy-between-regions'],
  ['CannotPullContainerError', 'workloads/fargate-task'],
  ['connect ECONNREFUSED 10.0.0.5:5432', 'workloads/port-closed'],
  ['sts.amazonaws.com', 'situations/global-sts-name'],
  ['SubnetIPAddressLimitReachedException', 'lambda/subnet-out-of-addresses'],
  ['connect ETIMEDOUT 10.0.2.10:5432', 'security-groups/database-admits-another-group'],
  ['CreateNetworkInterface permission', 'lambda/states'],
  ['blackhole', 'nat/nat-gateway-deleted'],
  ['断続的にタイムアウト', 'article/one-of-two-subnets'],
  ['名前解決できない', 'names/private-zone-shadows-s3'],
  ['NAT の料金が高い', 'gateway-endpoint/nat-gateway-carries-what-the-endpoint-could'],
  ['プレフィックスリスト', 'situations/group-forgot-the-prefix-list'],
])('“%s” finds %s among the first', (query, scenario) => {
  expect(find(query).slice(0, 4).map((one) => one.scenario)).toContain(scenario);
});

test('an empty search shows everything, and nonsense nothing', () => {
  expect(find('  ')).toBe(situations);
  expect(find('3 of the 4')).toBe(situations);
  expect(find('xyzzy quux')).toEqual([]);
  expect(() => find('*'.repeat(100_000))).not.toThrow();
});

test('a case is found with and without its folder, and no two have one name', async () => {
  expect((await loadCase('nat-gateway', 'en'))?.name).toBe('article/nat-gateway');
  expect((await loadCase('internet-gateway-only', 'ja'))?.name).toBe('article/internet-gateway-only');
  expect(await loadCase('gateway', 'en')).toBeUndefined();
  const names = situations.map(({ scenario }) => scenario.replace(/.*\//, ''));
  expect(new Set(names).size).toBe(names.length);
});

test.each([
  ['en', english],
  ['ja', japanese],
] as const)('what a page in %s starts with is the first of the gallery, with the answer of the engine', async (lang, engine) => {
  const name = lang === 'ja' ? 'engine-ja' : 'engine';
  engine.initSync({ module: readFileSync(new URL(`../../src/wasm/pkg-${name}/${name}_bg.wasm`, import.meta.url)) });
  const [first] = situations;
  const text = first?.text ?? '';
  const answer = engine.analyze(text, { lang });
  expect(answer?.answer.checks[0]?.verdict).toBe('timesOut');
  expect(await loadCase('article/internet-gateway-only', lang)).toEqual({ name: first?.scenario, title: first?.title, text, answer });
});

test('documents have short things on one line, as after an edit', async () => {
  const text = (await loadCase('nat-gateway', 'en'))?.text ?? '';
  expect(text).toContain('  "vpcs": {\n    "main": { "cidr": "10.0.0.0/16" }\n  },\n');
  expect(text.split('\n').filter((line) => line.length > 100 && !line.startsWith('  "description"'))).toEqual([]);
});

test('an empty start asks something at once', async () => {
  const text = (await loadCase('new', 'en'))?.text ?? '';
  expect(Object.keys(JSON.parse(text) as object)).toEqual(['region', 'vpcs', 'subnets', 'functions', 'buckets']);
});

test('only what is a kept document is taken for one', () => {
  expect(isKept({ id: 'a', name: 'b', text: 'c', changed: 1 })).toBe(true);
  for (const damaged of [null, undefined, 'text', 7, [], {}, { id: 'a', name: 'b', text: 5, changed: 1 }, { id: 'a', name: 'b', text: 'c', changed: Number.NaN }]) {
    expect(isKept(damaged)).toBe(false);
  }
});

test('progress survives whatever stands where it is kept', () => {
  expect([...readProgress('{"01-a":"solved","02-b":"shown","03-c":"x","04-d":1}')]).toEqual([['01-a', 'solved'], ['02-b', 'shown']]);
  for (const damaged of [null, '', '{', '[]', '7', 'null', '"solved"']) expect(readProgress(damaged).size).toBe(0);
});

test('every lesson names a goal that is a sentence in both languages', () => {
  for (const { text } of lessons) {
    for (const { question, expected: verdict } of expected(text)) {
      expect(sentence(startWords.en, question, verdict)).toMatch(/reach/);
      expect(sentence(startWords.ja, question, verdict)).toMatch(/届/);
    }
  }
});

test('a goal names port and request where they matter', () => {
  const [goal] = expected('{"expect":[{"from":"app","to":"database","port":5432,"verdict":"refused"}]}');
  expect(goal && sentence(startWords.en, goal.question, goal.expected)).toBe('database refuses app (TCP 5432)');
});

test('AWS’s pages are linked in the reader’s language', () => {
  expect(pageIn('ja', 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html')).toBe('https://docs.aws.amazon.com/ja_jp/vpc/latest/userguide/vpc-nat-gateway.html');
});

test('hops are compared by who decides what', () => {
  const before = check(natHops);
  const dropped = hop(7, 'networkAcl/acl', 'public', { action: 'drops', code: 'SUBNET_ACL_RESTRICTION' });
  const after = check([...natHops.slice(0, 6), dropped]);
  expect(hopsBetween(before, before).every(({ side }) => side === 'both')).toBe(true);
  const sides = hopsBetween(before, after);
  expect(sides.filter(({ side }) => side === 'now').map(({ value }) => value)).toEqual([dropped]);
  expect(sides.filter(({ side }) => side === 'pinned')).toHaveLength(5);
  expect(hopsBetween(null, after).every(({ side }) => side === 'now')).toBe(true);
});

test('lines are compared as configuration, and say where they stand', () => {
  const before = '{"routeTables":{"rtb":{"routes":[{"destination":"0.0.0.0/0","target":"igw"}]}}}';
  const after = '{\n  "routeTables": { "rtb": { "routes": [ { "destination": "0.0.0.0/0", "target": "nat" } ] } }\n}';
  expect(linesBetween(before, after)).toEqual([
    { side: 'pinned', value: '"target": "igw"', under: 'routeTables › rtb › routes' },
    { side: 'now', value: '"target": "nat"', under: 'routeTables › rtb › routes' },
  ]);
  expect(linesBetween(before, before)).toEqual([]);
});

test('checks are paired by what they ask', () => {
  const [s3, web] = [check([]), { ...check([]), to: 'https://example.com' }];
  const pairs = checksBetween([s3, web], [web, { ...s3, port: 80 }]);
  expect(pairs.map((pair) => [pair.before?.to ?? null, pair.after?.to ?? null])).toEqual([
    ['https://example.com', 'https://example.com'],
    [null, 's3://photos'],
    ['s3://photos', null],
  ]);
});
