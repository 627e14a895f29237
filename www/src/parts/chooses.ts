import type { Attachment } from 'svelte/attachments';

/**
 * Shows the value as the chosen one of a `<select>`, again when it or the options change. Svelte's own `value` of a
 * select would be part of the first view, which has no use for it.
 */
export const chooses =
  (now: () => readonly [value: string, options: unknown]): Attachment<HTMLSelectElement> =>
  (select) => {
    select.value = now()[0];
  };
