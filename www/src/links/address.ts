/** Opens the link in the page's address; with one that is broken nothing is lost, and it is said what is wrong. */

import { foresee } from '../engine/foresee';
import type { Playground } from '../playground.svelte';
import { followState } from './follow.svelte';
import { BrokenLink, decodeLink } from './link';
import { openState } from './state';

/** A page has one address, and one element that owns it. */
let stop: (() => void) | undefined;

/** Says whether a document was opened. */
export async function openFragment(p: Playground, fragment: string): Promise<boolean> {
  const others = p.notices.filter((notice) => notice.kind !== 'link');
  try {
    const state = decodeLink(fragment);
    foresee(state.text);
    // What the link looks at exists once there is an answer.
    await p.start();
    openState(p, state);
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
