import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { componentAt, namesIn, pathOf, sectionOf, valueAt } from '../../src/editing/document';
import { blank, mentions, parsed } from '../../src/editing/form';
import { History } from '../../src/editing/history';
import { DocumentSchema, type Field, type Shape } from '../../src/editing/schema';
import { loadEditWords } from '../../src/words/editing';
import { en } from '../../src/words/en';

const schema = new DocumentSchema(JSON.parse(readFileSync(fileURLToPath(new URL('../../public/vpcreach.schema.json', import.meta.url)), 'utf8')));

const shapeOf = (section: string, name: string): Shape | undefined => schema.fields(section).find((field) => field.name === name)?.shape;

test('undo and redo walk through every gesture, and a new gesture ends redo', () => {
  let history = new History<string>();
  history = history.record('a', 'to b', null);
  history = history.record('b', 'to c', null);
  const first = history.undo('c');
  expect(first?.entry).toEqual({ state: 'b', words: 'to c' });
  const second = first?.history.undo('b');
  expect(second?.entry.state).toBe('a');
  expect(second?.history.undo('a')).toBeNull();
  const again = second?.history.redo('a');
  expect(again?.entry).toEqual({ state: 'b', words: 'to b' });
  expect(again?.history.record('b', 'to d', null).redo('d')).toBeNull();
});

test('typing in one field is one entry until it rests', () => {
  let history = new History<string>();
  history = history.record('', 'a', 'field').record('a', 'ab', 'field').record('ab', 'abc', 'field');
  expect(history.past).toEqual([{ state: '', words: 'abc' }]);
  history = history.close().record('abc', 'abcd', 'field').record('abcd', 'x', 'other');
  expect(history.past.map((entry) => entry.state)).toEqual(['', 'abc', 'abcd']);
});

test('the oldest entries are forgotten', () => {
  let history = new History<number>();
  for (let number = 0; number < 250; number += 1) history = history.record(number, '', null);
  expect(history.past.length).toBe(200);
  expect(history.past[0]?.state).toBe(50);
});

test('every kind of component that has a section has a form', () => {
  const kinds = Object.keys(en.kinds) as (keyof typeof en.kinds)[];
  const without = kinds.filter((kind) => schema.fields(sectionOf(kind)).length === 0);
  expect(without).toEqual(['service', 'internet', 'resolver', 'address']);
});

test('every field of every form has a name in AWS’s words', async () => {
  const words = await loadEditWords('en');
  const kinds = Object.keys(en.kinds) as (keyof typeof en.kinds)[];
  const names = (fields: readonly Field[]): string[] =>
    fields.flatMap(({ name, shape }) => [name, ...(shape.kind === 'rows' || shape.kind === 'group' ? names(shape.fields) : [])]);
  const missing = kinds.flatMap((kind) => names(schema.fields(sectionOf(kind)))).filter((name) => !(name in words.fields));
  expect([...new Set(missing)]).toEqual([]);
});

test('fields have the control that their schema asks for', () => {
  expect(shapeOf('functions', 'subnets')).toEqual({ kind: 'names', sections: ['subnets'] });
  expect(shapeOf('natGateways', 'connectivityType')).toEqual({ kind: 'choice', words: ['public', 'private'] });
  expect(shapeOf('vpcs', 'cidr')).toEqual({ kind: 'texts', orOne: true });
  expect(shapeOf('functions', 'client')).toMatchObject({ kind: 'group', of: 'Client' });
  expect(shapeOf('vpcEndpoints', 'policy')).toEqual({ kind: 'json' });
  expect(shapeOf('privateHostedZones', 'records')).toEqual({ kind: 'pairs', sections: [], lists: true });
  const routes = shapeOf('routeTables', 'routes');
  expect(routes?.kind === 'rows' && routes.fields.find((field) => field.name === 'target')).toMatchObject({ required: true, shape: { kind: 'name', orText: true } });
});

test('the schema leads along a path of keys', () => {
  expect(schema.at(['routeTables', 'any', 'routes', 0])?.properties.map((one) => one.name)).toContain('destination');
  expect(schema.at(['natGateways', 'any', 'connectivityType'])?.words).toEqual(['public', 'private']);
  expect(schema.at(['functions', 'any', 'subnets', 0])?.sections).toEqual([]);
  expect(schema.at(['functions', 'any', 'subnets'])?.sections).toEqual(['subnets']);
  expect(schema.at(['nothing', 'here'])).toBeUndefined();
});

const document = {
  subnets: { 'a/b': { cidr: '10.0.0.0/24' } },
  routeTables: { t: { subnets: ['a/b'], routes: [{ destination: '0.0.0.0/0', target: 'natGateway/n' }] } },
  natGateways: { n: { subnet: 'a/b' } },
};

test('components are found in the document, and who mentions them', () => {
  expect(pathOf('subnet/a/b')).toBe('/subnets/a~1b');
  expect(valueAt(document, pathOf('subnet/a/b'))).toEqual({ cidr: '10.0.0.0/24' });
  expect(valueAt(document, '/subnets/none/cidr')).toBeUndefined();
  expect(valueAt(document, '/subnets/constructor')).toBeUndefined();
  expect(namesIn(document, 'natGateways')).toEqual(['n']);
  expect(mentions(document, 'subnet/a/b')).toEqual(['/routeTables/t/subnets/0', '/natGateways/n/subnet']);
  expect(mentions(document, 'natGateway/n')).toEqual(['/routeTables/t/routes/0/target']);
  expect(componentAt('/routeTables/t/routes/0', ['natGateway', 'routeTable'])).toBe('routeTable/t');
});

test('half-typed numbers stay as they are', () => {
  expect(parsed('443', true)).toBe(443);
  expect(parsed('443-', true)).toBe('443-');
  expect(parsed('443', false)).toBe('443');
  expect(parsed('', true)).toBeUndefined();
});

test('a new rule of a network ACL comes after the others', () => {
  expect(blank('NetworkAclRule', [], [{ ruleNumber: 100 }, { ruleNumber: 200 }])).toMatchObject({ ruleNumber: 210 });
  expect(blank('NetworkAclRule', [], undefined)).toMatchObject({ ruleNumber: 10 });
});
