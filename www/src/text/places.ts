/** Where in a JSON text a diagnostic points. */

import type { Diagnostic } from '../types';

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** From line and column where given, else from the pointer, else the start. */
export function rangeOf(text: string, { line, column, path }: Pick<Diagnostic, 'line' | 'column' | 'path'>): Range {
  if (line !== null) {
    const lines = text.split('\n');
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    const at = Math.min(start + Math.max((column ?? 1) - 1, 0), text.length);
    return { from: at, to: Math.min(at + 1, text.length) };
  }
  return pointerRange(text, path) ?? { from: 0, to: 0 };
}

const decode = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

/** The value at a JSON pointer, or the deepest of its parents that is there. */
export function pointerRange(text: string, pointer: string): Range | null {
  const wanted = pointer.split('/').slice(1).map(decode);
  let best: Range | null = null;
  let position = 0;

  const space = (): void => {
    while (/\s/.test(text.charAt(position))) position += 1;
  };
  const string = (): string => {
    const start = position;
    position += 1;
    while (position < text.length && text[position] !== '"') position += text[position] === '\\' ? 2 : 1;
    position += 1;
    try {
      return String(JSON.parse(text.slice(start, position)));
    } catch {
      return '';
    }
  };
  /** `depth` parts of the pointer match so far; -1: not on the way to it. */
  const value = (depth: number): void => {
    space();
    const start = position;
    const open = text[position];
    if (open === '{' || open === '[') {
      position += 1;
      let index = 0;
      for (;;) {
        space();
        if (position >= text.length || text[position] === '}' || text[position] === ']') break;
        let key = String(index);
        const keyStart = position;
        if (open === '{') {
          if (text[position] !== '"') break;
          key = string();
          space();
          if (text[position] !== ':') break;
          position += 1;
        }
        const matches = depth >= 0 && wanted[depth] === key;
        if (matches && open === '{') best = { from: keyStart, to: position };
        value(matches ? depth + 1 : -1);
        index += 1;
        space();
        if (text[position] !== ',') break;
        position += 1;
      }
      position += 1;
    } else if (open === '"') {
      string();
    } else {
      while (position < text.length && !/[\s,\]}]/.test(text.charAt(position))) position += 1;
    }
    if (depth === wanted.length && depth > 0) {
      best = open === '{' || open === '[' ? (best ?? { from: start, to: start + 1 }) : { from: start, to: position };
    }
  };
  value(0);
  return best;
}
