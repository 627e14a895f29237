/**
 * Which engine a document needs, by a look at its text. Where the look is wrong, a page fetches one engine for nothing, or
 * both one after the other; the answer is the same, since the smaller one leaves alone what it cannot read.
 */

import { startWhole } from './engine';
import { takesEverything } from './takes';

/** Call it with a text that is about to be opened, before there is an engine. */
export function foresee(text: string): void {
  if (takesEverything(text)) startWhole();
}
