/** Keeps the link in the page's address as the state is, once there is one: a reload or a bookmark then loses nothing. */

import type { Playground } from '../playground.svelte';
import { encodeLink } from './link';
import { stateOf } from './state';

/** How long nothing must change before the address does, in milliseconds. */
const REST = 400;

/** Gives back what ends it. Going back in history leaves the page, for no entry is added. */
export function followState(p: Playground): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let first = true;
  const stop = $effect.root(() => {
    $effect(() => {
      const state = stateOf(p);
      if (first) {
        first = false;
        return;
      }
      clearTimeout(timer);
      timer = setTimeout(() => history.replaceState(history.state, '', encodeLink(state)), REST);
    });
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
