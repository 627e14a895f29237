import { describe, expect, test } from 'vitest';

import { linesAround } from '../../src/sources/sources';

describe('an excerpt', () => {
  test('has three lines on both sides, and no more indentation than it needs', () => {
    const text = Array.from({ length: 20 }, (_, index) => `    line ${index + 1}`).join('\n');
    const lines = linesAround(text, 10);
    expect(lines.map(({ number }) => number)).toEqual([7, 8, 9, 10, 11, 12, 13]);
    expect(lines.filter(({ isPlace }) => isPlace)).toEqual([{ number: 10, text: 'line 10', isPlace: true }]);
  });

  test('ends where the file does, and cuts what is one long line', () => {
    expect(linesAround('a\r\n\r\n  b', 1).map(({ text }) => text)).toEqual(['a', '', '  b']);
    expect(linesAround('x'.repeat(1e6), 1)[0]?.text.length).toBe(400);
  });
});
