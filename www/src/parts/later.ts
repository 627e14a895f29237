/** A part that few visits need, fetched with its style when it is first shown. */

import { mount, unmount, type Component } from 'svelte';
import type { Attachment } from 'svelte/attachments';

export const late = (): Promise<typeof import('../late')> => import('../late');

/** Shows the part in the element; what changes while it is shown must be a getter of the properties. */
export function later<Props extends Record<string, unknown>>(
  load: () => Promise<{ default: Component<Props> }>,
  props: () => Props,
): Attachment<HTMLElement> {
  return (target) => {
    let part: Record<string, unknown> | undefined;
    let gone = false;
    void Promise.all([load(), late()]).then(([{ default: Part }, { lateSheet }]) => {
      if (gone) return;
      const root = target.getRootNode() as ShadowRoot;
      if (!root.adoptedStyleSheets.includes(lateSheet)) root.adoptedStyleSheets.push(lateSheet);
      part = mount(Part, { target, props: props() });
    });
    return () => {
      gone = true;
      if (part) void unmount(part);
    };
  };
}
