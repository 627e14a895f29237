/** Keys on the diagram: one stop for Tab, arrows through the tree, and a letter for each gesture. */

import { pathOf } from '../editing/document';
import { canMove } from '../editing/places';
import type { Playground } from '../playground.svelte';
import { kindOf } from '../words';

const items = (tree: Element): HTMLElement[] => [...tree.querySelectorAll<HTMLElement>('[role="treeitem"]')];

const levelOf = (item: HTMLElement | undefined): number => Number(item?.ariaLevel ?? 0);

const componentOf = (item: HTMLElement | undefined): string | null => item?.dataset['component'] ?? null;

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

/** The component that takes over the focus when another goes: the one before it in the tree. */
function nextTo(tree: Element, component: string): string | null {
  const all = items(tree);
  const at = all.findIndex((item) => componentOf(item) === component);
  const isOther = (item: HTMLElement): boolean => componentOf(item) !== null && componentOf(item) !== component;
  return componentOf(all.slice(0, Math.max(at, 0)).findLast(isOther) ?? all.slice(at + 1).find(isOther));
}

/** A gesture on the item that has the focus; false where the key means nothing there. */
function gesture(p: Playground, here: HTMLElement, key: string): boolean {
  const component = componentOf(here);
  if (!p.editable) {
    if (key !== 'Enter' && key !== ' ') return false;
    here.click();
    return true;
  }
  if (key === '/') {
    (here.getRootNode() as ShadowRoot).querySelector<HTMLInputElement>('.find input')?.focus();
    return true;
  }
  if (key === '?') {
    void p.edits().then((editing) => (editing.shortcuts = true));
    return true;
  }
  if (key === 'Enter' || key === ' ') {
    here.click();
    if (component !== null) void p.edits().then((editing) => (editing.spot = here.dataset['path'] ?? pathOf(component)));
    return true;
  }
  const act = component === null ? undefined : gestures[key.length === 1 ? key.toLowerCase() : key];
  if (component === null && key.toLowerCase() === 'a') void p.edits().then((editing) => (editing.menu = { kind: 'add', component: null, anchor: here }));
  else if (component === null || !act) return false;
  else act(p, component, here);
  return true;
}

const gestures: Record<string, (p: Playground, component: string, here: HTMLElement) => void> = {
  F2(p, component) {
    p.selectComponent(component);
    p.openForm(component);
    void p.edits().then((editing) => (editing.renaming += 1));
  },
  Delete: remove,
  Backspace: remove,
  /** To what usually comes next. */
  n: (p) => void p.edits().then((editing) => (editing.reaching += 1)),
  a: (p, component, anchor) => void p.edits().then((editing) => (editing.menu = { kind: 'add', component, anchor })),
  d: (p, component) => void p.edits().then((editing) => editing.duplicate(component)),
  m(p, component, anchor) {
    if (canMove(kindOf(component))) void p.edits().then((editing) => (editing.menu = { kind: 'move', component, anchor }));
  },
};

function remove(p: Playground, component: string): void {
  const next = p.nextItem?.(component) ?? null;
  void p.edits().then(async (editing) => {
    if ((await editing.remove(component)) && next !== null) p.focusItem?.(next);
  });
}

export function treeKeys(tree: Element, p: Playground): () => void {
  const itemOf = (event: Event): HTMLElement | null => (event.target as Element).closest<HTMLElement>('[role="treeitem"]');
  const onKey = (event: Event): void => {
    const { key, ctrlKey, metaKey, altKey } = event as KeyboardEvent;
    const here = itemOf(event);
    if (!here || ctrlKey || metaKey || altKey) return;
    const all = items(tree);
    const next = target(all, all.indexOf(here), key);
    if (next) next.focus();
    else if (!gesture(p, here, key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  /** Position of the item that has the focus; -1: none has. */
  let focused = -1;
  const onFocus = (event: Event): void => focusOn(itemOf(event));
  const focusOn = (here: HTMLElement | null): void => {
    if (!here) return;
    const all = items(tree);
    for (const item of all) item.tabIndex = item === here ? 0 : -1;
    focused = all.indexOf(here);
    p.pointed = componentOf(here);
  };
  /** An item that goes with its component loses the focus while the boxes are drawn, when nothing may change yet. */
  const onBlur = (event: Event): void => {
    const here = itemOf(event);
    queueMicrotask(() => {
      p.pointed = null;
      if (here?.isConnected) focused = -1;
    });
  };
  /** Waits for its box, which is drawn after the gesture; where there is none, the focus stays. */
  let wanted: { component: string; within?: string } | null = null;
  const focusWanted = (): boolean => {
    if (!wanted) return false;
    const { component, within } = wanted;
    const found = items(tree).filter((item) => componentOf(item) === component);
    const item = found.find((one) => within !== undefined && one.dataset['key']?.includes(`:${within}:`)) ?? found[0];
    if (!item) return false;
    wanted = null;
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return true;
  };
  p.focusItem = (component, within) => {
    if (component === null) {
      requestAnimationFrame(() => (items(tree).find((item) => item.tabIndex === 0) ?? items(tree)[0])?.focus());
      return;
    }
    wanted = within === undefined ? { component } : { component, within };
    // The boxes of the gesture are drawn in the microtask that follows.
    requestAnimationFrame(() => {
      if (focusWanted()) return;
      // What has no box has a form.
      wanted = null;
      p.openForm(component);
      void p.edits().then((editing) => (editing.spot = pathOf(component)));
    });
  };
  p.nextItem = (component) => nextTo(tree, component);
  /** Boxes come and go with the document; one of them always takes Tab, and the focus is not lost with one. */
  const ensure = (): void => {
    const all = items(tree);
    if (!all.some((item) => item.tabIndex === 0) && all[0]) all[0].tabIndex = 0;
    // The focus of an item that is gone passes to the one in its place.
    if (focused >= 0 && !tree.querySelector(':focus')) all[Math.min(focused, all.length - 1)]?.focus({ preventScroll: true });
  };
  const observer = new MutationObserver(ensure);
  observer.observe(tree, { childList: true, subtree: true });
  ensure();
  // The focus may have come before its listeners.
  focusOn(tree.querySelector<HTMLElement>('[role="treeitem"]:focus'));
  tree.addEventListener('keydown', onKey);
  tree.addEventListener('focusin', onFocus);
  tree.addEventListener('focusout', onBlur);
  return () => {
    observer.disconnect();
    p.focusItem = null;
    p.nextItem = null;
    tree.removeEventListener('keydown', onKey);
    tree.removeEventListener('focusin', onFocus);
    tree.removeEventListener('focusout', onBlur);
  };
}
