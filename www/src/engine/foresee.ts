/**
 * Which engine a document needs, by a look at its text: fields that the engine of the first view leaves to the one with
 * everything. Where the look is wrong, a page fetches one engine for nothing, or both one after the other; the answer is
 * the same, since the smaller one leaves alone what it cannot read.
 */

import { startWhole } from './engine';
import left from './left.json';

const LEFT = new RegExp(`"(?:${left.join('|')})"\\s*:`);

/** Call it with a text that is about to be opened, before there is an engine. */
export function foresee(text: string): void {
  if (LEFT.test(text)) startWhole();
}
