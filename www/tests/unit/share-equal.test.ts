import { expect, test } from 'vitest';

import { shareEqual } from '../../src/share-equal';

test('what says the same stays the same object', () => {
  const before = { a: [{ x: 1 }, { x: 2 }], b: { c: null }, m: new Map([['k', { hop: 1 }]]) };
  expect(shareEqual(before, structuredClone(before))).toBe(before);
});

test('what changed is new, and the rest of it is not', () => {
  const before = { a: [{ x: 1 }, { x: 2 }], b: { c: 3 } };
  const next = shareEqual(before, { a: [{ x: 1 }, { x: 5 }], b: { c: 3 } });
  expect(next).not.toBe(before);
  expect(next).toEqual({ a: [{ x: 1 }, { x: 5 }], b: { c: 3 } });
  expect(next.a[0]).toBe(before.a[0]);
  expect(next.b).toBe(before.b);
});

test.each([
  [{ a: 1 }, { a: 1, b: undefined }],
  [{ a: 1, b: undefined }, { a: 1 }],
  [{ a: undefined }, { b: undefined }],
  [[1, 2], [1]],
  [[], {}],
  [null, {}],
  [new Map([['k', 1]]), new Map([['k', 2]])],
  [new Map([['k', 1]]), new Map([['l', 1]])],
  [new Set([1]), new Set([1])],
])('%o and %o are different', (before, next) => {
  expect(shareEqual<unknown>(before, next)).toBe(next);
});
