import { describe, expect, test } from 'vitest';

import { beside, distances, pathData, shorten } from '../../src/diagram/geometry';

const corner = [{ x: 0, y: 0 }, { x: 100, y: 0 }, { x: 100, y: 50 }];

describe('a line', () => {
  test('turns with rounded corners', () => {
    expect(pathData(corner)).toBe('M0 0L92 0A8 8 0 0 1 100 8L100 50');
  });

  test('rounds a short stretch no further than its middle', () => {
    expect(pathData([{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 6 }])).toContain('A3 3');
  });

  test('with sharp corners is as long as its stretches together', () => {
    expect(pathData(corner, 0)).toBe('M0 0L100 0L100 50');
    expect(distances(corner)).toEqual([0, 100, 150]);
  });

  test('has its way back on the right-hand side, without crossing it', () => {
    expect(beside(corner, 8)).toEqual([{ x: 0, y: 8 }, { x: 92, y: 8 }, { x: 92, y: 50 }]);
  });

  test('can stop short, even around a corner', () => {
    expect(shorten(corner, 10).at(-1)).toEqual({ x: 100, y: 40 });
    expect(shorten(corner, 60).at(-1)).toEqual({ x: 90, y: 0 });
  });
});
