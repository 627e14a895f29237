/** The link from an embedded element to the full playground, with the state carried over. */

import type { Attachment } from 'svelte/attachments';

import type { Playground } from '../playground.svelte';

/** The state goes into the address when somebody is about to follow the link; what makes it so is fetched then. */
export function openLink(p: Playground): Attachment<HTMLAnchorElement> {
  return (link) => {
    const base = p.page;
    if (base === null) return;
    let fill: (() => void) | undefined;
    const load = async (): Promise<void> => {
      const [{ encodeLink }, { stateOf }] = await Promise.all([import('../links/link'), import('../links/state')]);
      fill = () => (link.href = base + encodeLink(stateOf(p)));
      fill();
    };
    const click = (event: MouseEvent): void => {
      if (fill) {
        fill();
        return;
      }
      event.preventDefault();
      void load().then(() => link.click());
    };
    link.addEventListener('pointerenter', load);
    link.addEventListener('focus', load);
    link.addEventListener('click', click);
    return () => {
      link.removeEventListener('pointerenter', load);
      link.removeEventListener('focus', load);
      link.removeEventListener('click', click);
    };
  };
}
