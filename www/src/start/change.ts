/** Gestures of lessons and of the list of checks: one entry in the history, like every other gesture. */

import type { Playground } from '../playground.svelte';
import type { Edit } from '../types';

/** Makes the edit, and says in AWS's terms what changed; null when it could not be made, which the page then says. */
export async function change(p: Playground, edit: Edit): Promise<readonly string[] | null> {
  const editing = await p.edits();
  return (await editing.apply(edit)) ? (editing.change?.lines ?? []) : null;
}
