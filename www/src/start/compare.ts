/** What differs between a pinned state and the one on the page. */

import { diffArrays, diffLines } from 'diff';

import type { Check, Hop } from '../types';

/** A state to compare with. */
export interface Pinned {
  /** The document as JSON text. */
  readonly text: string;
  readonly name: string;
}

export type Side = 'pinned' | 'now' | 'both';

export interface Row<T> {
  readonly side: Side;
  readonly value: T;
}

function rows<T>(changes: readonly { readonly value: readonly T[]; readonly added?: boolean; readonly removed?: boolean }[]): Row<T>[] {
  return changes.flatMap(({ value, added, removed }) => value.map((one): Row<T> => ({ side: added ? 'now' : removed ? 'pinned' : 'both', value: one })));
}

/** What makes a hop the same: who decides, where, what, and by which rule. */
const same = (a: Hop, b: Hop): boolean =>
  a.component === b.component && a.subnet === b.subnet && a.direction === b.direction && a.action === b.action && a.detail === b.detail && a.code === b.code;

/** The hops of both answers in one list. Paths are told apart by their labels. */
export function hopsBetween(before: Check | null, after: Check | null): Row<Hop>[] {
  return rows(diffArrays(before?.hops ?? [], after?.hops ?? [], { comparator: same }));
}

/** Documents as lines, however they were typed. */
const lines = (text: string): string => JSON.stringify(JSON.parse(text), null, 1).replaceAll(/^ +/gm, (spaces) => '  '.repeat(spaces.length));

/** The lines that differ, with the keys that they stand under: `routeTables › rtb-private › routes`. */
export function linesBetween(before: string, after: string): (Row<string> & { readonly under: string })[] {
  const changes = diffLines(lines(before), lines(after)).map((change) => ({ ...change, value: change.value.replace(/\n$/, '').split('\n') }));
  const stack: string[] = [];
  const found: (Row<string> & { under: string })[] = [];
  for (const { side, value } of rows(changes)) {
    const depth = (value.length - value.trimStart().length) / 2;
    const under = stack.slice(1, depth).filter((key) => key !== '');
    if (side !== 'both' && /\w/.test(value)) found.push({ side, value: value.trim().replace(/,$/, ''), under: under.join(' › ') });
    stack.length = depth;
    stack[depth] = /^\s*"((?:[^"\\]|\\.)*)":/.exec(value)?.[1] ?? '';
  }
  return found;
}

/** Checks of two answers to the same document's promises, paired by what they ask. */
export function checksBetween(before: readonly Check[], after: readonly Check[]): { readonly before: Check | null; readonly after: Check | null }[] {
  const key = ({ from, to, port, protocol }: Check): string => JSON.stringify([from, to, port, protocol]);
  const left = new Map<string, Check[]>();
  for (const check of before) left.set(key(check), [...(left.get(key(check)) ?? []), check]);
  const pairs = after.map((check) => ({ before: left.get(key(check))?.shift() ?? null, after: check }));
  return [...pairs, ...[...left.values()].flat().map((check) => ({ before: check, after: null }))];
}
