/** Arrow keys on the diagram: one stop for Tab, then up and down through the tree, left to the parent, right into it. */

const items = (tree: Element): HTMLElement[] => [...tree.querySelectorAll<HTMLElement>('[role="treeitem"]')];

export function treeKeys(tree: Element): () => void {
  const moveTo = (item: HTMLElement | undefined | null): void => {
    if (!item) return;
    for (const other of items(tree)) other.tabIndex = -1;
    item.tabIndex = 0;
    item.focus();
  };
  const onKey = (event: Event): void => {
    const { key } = event as KeyboardEvent;
    const all = items(tree);
    const here = (event.target as Element).closest<HTMLElement>('[role="treeitem"]');
    const index = here ? all.indexOf(here) : -1;
    const moves: Record<string, () => HTMLElement | undefined | null> = {
      ArrowDown: () => all[index + 1],
      ArrowUp: () => all[index - 1],
      Home: () => all[0],
      End: () => all.at(-1),
      ArrowLeft: () => here?.parentElement?.closest<HTMLElement>('[role="treeitem"]'),
      ArrowRight: () => here?.querySelector<HTMLElement>('[role="treeitem"]'),
    };
    if (key === 'Enter' || key === ' ') {
      (here?.querySelector<HTMLElement>(':scope > .head[role="none"]') ?? here)?.click();
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const move = moves[key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    moveTo(move());
  };
  const onFocus = (event: Event): void => {
    const here = (event.target as Element).closest<HTMLElement>('[role="treeitem"]');
    if (!here) return;
    for (const other of items(tree)) other.tabIndex = other === here ? 0 : -1;
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
