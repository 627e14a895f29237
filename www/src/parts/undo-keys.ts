import type { Playground } from '../playground.svelte';

/** Whether the key undoes or redoes. */
export const isUndo = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => !altKey && (ctrlKey || metaKey) && /^[zy]$/i.test(key);

export const wayOf = ({ key, shiftKey }: KeyboardEvent): 'undo' | 'redo' => (shiftKey || /y/i.test(key) ? 'redo' : 'undo');

/** Undo and redo from everywhere but fields that hold what is not in the document yet. */
export function undoKeys(p: Playground, event: KeyboardEvent): void {
  if (!p.editable || event.defaultPrevented || !isUndo(event)) return;
  if ((event.target as Element).closest('[data-own-undo], .ask, dialog')) return;
  event.preventDefault();
  p.undo(wayOf(event), event);
}
