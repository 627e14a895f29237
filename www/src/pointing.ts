/** What is fetched when a pointer or the focus comes into the diagram, somebody edits, or the log runs. */

import { isOurs, TreeKeys } from './diagram/tree';
import { dragging } from './editing/drag';
import { isUndo } from './parts/undo-keys';
import type { Playground } from './playground.svelte';

export { countDown } from './count-down';
export { related } from './diagram/relations';

/** Makes the diagram answer to keys and drags, and to those that came before; gives back what ends it. */
export function answering(tree: HTMLElement, p: Playground, early: readonly (readonly [Event, EventTarget | null])[]): () => void {
  const keys = new TreeKeys(tree, p);
  const stopDragging = dragging(tree, p);
  const last = early.findLast(([event]) => event instanceof PointerEvent);
  // A press that is over drags nothing.
  if (last?.[0].type === 'pointerdown') last[1]?.dispatchEvent(new PointerEvent(last[0].type, last[0]));
  const late = early.map(([event]) => event).filter((event): event is KeyboardEvent => event instanceof KeyboardEvent && (isOurs(event) || isUndo(event)));
  p.waitingKeys = new WeakSet(late);
  void keys.obeyLate(late);
  return () => {
    keys.stop();
    stopDragging();
  };
}
