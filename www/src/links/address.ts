/** Opens the link in the page's address; with one that is broken nothing is lost, and it is said what is wrong. */

import type { Playground } from '../playground.svelte';
import { followState } from './follow.svelte';
import { BrokenLink, decodeLink } from './link';
import { openState } from './state';

/** A page has one address, and one element that owns it. */
let stop: (() => void) | undefined;

/** Says whether a document was opened. */
export function openFragment(p: Playground, fragment: string): boolean {
  const others = p.notices.filter((notice) => notice.kind !== 'link');
  try {
    openState(p, decodeLink(fragment));
    p.notices = others;
    stop?.();
    stop = followState(p);
    return true;
  } catch (error) {
    if (!(error instanceof BrokenLink)) throw error;
    p.notices = [...others, { kind: 'link', problem: error.problem, detail: error.detail }];
    return false;
  }
}
