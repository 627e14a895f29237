/** Tells when a document changes, from outside of components. */

import type { Playground } from './playground.svelte';

/** Calls with each new text after the present one; gives back what ends it. */
export function watchText(playground: Playground, changed: (text: string) => void): () => void {
  let before = playground.text;
  return $effect.root(() => {
    $effect(() => {
      const { text } = playground;
      if (text === before) return;
      before = text;
      changed(text);
    });
  });
}
