import type { Playground } from '../playground.svelte';

/** Undo and redo from everywhere but fields that hold what is not in the document yet. */
export function undoKeys(p: Playground, event: KeyboardEvent): void {
  const key = event.key.toLowerCase();
  if (!p.editable || event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey) || (key !== 'z' && key !== 'y')) return;
  if ((event.target as Element).closest('[data-own-undo], .ask, dialog')) return;
  event.preventDefault();
  p.undo(key === 'y' || event.shiftKey ? 'redo' : 'undo');
}
