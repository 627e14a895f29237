/** Arrow keys on the diagram: one stop for Tab, then up and down through the tree, left to the parent, right into it. */

const items = (tree: Element): HTMLElement[] => [...tree.querySelectorAll<HTMLElement>('[role="treeitem"]')];

const levelOf = (item: HTMLElement | undefined): number => Number(item?.ariaLevel ?? 0);

/** The item that a key leads to, from the one at `index`. */
function target(all: readonly HTMLElement[], index: number, key: string): HTMLElement | undefined {
  const here = all[index];
  switch (key) {
    case 'ArrowDown':
      return all[index + 1];
    case 'ArrowUp':
      return all[index - 1];
    case 'Home':
      return all[0];
    case 'End':
      return all.at(-1);
    case 'ArrowLeft':
      return all.slice(0, index).findLast((item) => levelOf(item) < levelOf(here));
    case 'ArrowRight':
      return levelOf(all[index + 1]) > levelOf(here) ? all[index + 1] : undefined;
    default:
      return undefined;
  }
}

export function treeKeys(tree: Element): () => void {
  const itemOf = (event: Event): HTMLElement | null => (event.target as Element).closest<HTMLElement>('[role="treeitem"]');
  const onKey = (event: Event): void => {
    const { key } = event as KeyboardEvent;
    const here = itemOf(event);
    if (!here) return;
    const all = items(tree);
    if (key === 'Enter' || key === ' ') here.click();
    else {
      const next = target(all, all.indexOf(here), key);
      if (!next) return;
      next.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const onFocus = (event: Event): void => {
    const here = itemOf(event);
    if (here) for (const item of items(tree)) item.tabIndex = item === here ? 0 : -1;
  };
  /** Boxes come and go with the document; one of them always takes Tab. */
  const ensure = (): void => {
    const all = items(tree);
    if (!all.some((item) => item.tabIndex === 0) && all[0]) all[0].tabIndex = 0;
  };
  const observer = new MutationObserver(ensure);
  observer.observe(tree, { childList: true, subtree: true });
  ensure();
  tree.addEventListener('keydown', onKey);
  tree.addEventListener('focusin', onFocus);
  return () => {
    observer.disconnect();
    tree.removeEventListener('keydown', onKey);
    tree.removeEventListener('focusin', onFocus);
  };
}
