/** Fetches what drags with the first pointer that comes into the diagram. */

import type { Playground } from '../playground.svelte';
import type { Press } from './drag';

export function draggingLater(tree: HTMLElement, p: Playground): () => void {
  let stop = (): void => void (gone = true);
  let gone = false;
  /** The press that came before there was something to take it, as long as it lasts. */
  let pressed: Press | null = null;
  // An event forgets its target once everybody has heard of it.
  const press = (event: PointerEvent): void => void (pressed = { event, target: event.target as Element });
  const release = (): void => void (pressed = null);
  const come = (): void => {
    tree.addEventListener('pointerdown', press);
    addEventListener('pointerup', release);
    addEventListener('pointercancel', release);
    void import('../pointing').then(({ dragging }) => {
      ignore();
      if (!gone) stop = dragging(tree, p, pressed);
    });
  };
  function ignore(): void {
    tree.removeEventListener('pointerdown', press);
    removeEventListener('pointerup', release);
    removeEventListener('pointercancel', release);
  }
  tree.addEventListener('pointerover', come, { once: true });
  return () => {
    tree.removeEventListener('pointerover', come);
    ignore();
    stop();
  };
}
