/** Keys on the diagram: one stop for Tab, arrows through the tree, and a letter for each gesture. */

import { flushSync, tick } from 'svelte';

import { pathOf } from '../editing/document';
import { canMove } from '../editing/places';
import { isUndo, wayOf } from '../parts/undo-keys';
import type { Playground } from '../playground.svelte';
import { kindOf } from '../words';

const items = (tree: Element): HTMLElement[] => [...tree.querySelectorAll<HTMLElement>('[role="treeitem"]')];

const levelOf = (item: HTMLElement | undefined): number => Number(item?.ariaLevel ?? 0);

const componentOf = (item: HTMLElement | undefined): string | null => item?.dataset['component'] ?? null;

const itemOf = (target: EventTarget | null): HTMLElement | null => (target as Element).closest<HTMLElement>('[role="treeitem"]');

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

/** What is on its way after a gesture; undefined where the key means nothing there. */
type Doing = Promise<unknown>;

const DONE: Doing = Promise.resolve();

/** Whether the diagram or a menu of it may know the key; browsers have the others. */
export const isOurs = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  !ctrlKey && !metaKey && !altKey && /^(.|Arrow.*|Home|End|Enter|Delete|Backspace|Escape|F2)$/u.test(key);

const isChoice = (key: string): boolean => key === 'Enter' || key === ' ';

/** A gesture on the item that has the focus. */
function gesture(p: Playground, here: HTMLElement, key: string): Doing | undefined {
  const component = componentOf(here);
  const chooses = isChoice(key);
  if (chooses) here.click();
  if (!p.editable) return chooses ? DONE : undefined;
  if (chooses) return component === null ? DONE : p.edits().then((editing) => (editing.spot = here.dataset['path'] ?? pathOf(component)));
  if (key === '/') {
    (here.getRootNode() as ShadowRoot).querySelector<HTMLInputElement>('.find input')?.focus();
    return DONE;
  }
  if (key === '?') return p.edits().then((editing) => (editing.shortcuts = true));
  const letter = key.length === 1 ? key.toLowerCase() : key;
  if (component === null) return letter === 'a' ? p.edits().then((editing) => editing.open('add', null, here)) : undefined;
  return gestures[letter]?.(p, component, here);
}

const gestures: Record<string, (p: Playground, component: string, here: HTMLElement) => Doing | undefined> = {
  F2(p, component) {
    p.selectComponent(component);
    p.openForm(component);
    return p.edits().then((editing) => (editing.renaming += 1));
  },
  Delete: remove,
  Backspace: remove,
  /** To what usually comes next. */
  n: (p) => p.edits().then((editing) => editing.reach()),
  a: (p, component, anchor) => p.edits().then((editing) => editing.open('add', component, anchor)),
  d: (p, component) => p.edits().then((editing) => editing.duplicate(component)),
  m: (p, component, anchor) => (canMove(kindOf(component)) ? p.edits().then((editing) => editing.open('move', component, anchor)) : undefined),
};

function remove(p: Playground, component: string): Doing {
  const next = p.nextItem?.(component) ?? null;
  return p.edits().then(async (editing) => {
    if ((await editing.remove(component)) && next !== null) p.focusItem?.(next);
  });
}

/** What a person presses reaches the diagram in its order: a key waits while the gesture before it is on its way. */
export class TreeKeys {
  readonly #tree: HTMLElement;
  readonly #root: ShadowRoot;
  readonly #p: Playground;
  readonly #observer: MutationObserver;
  /** Keys that wait; null: nothing is on its way. */
  #waiting: KeyboardEvent[] | null = null;
  /** The item that has the focus, and its position. */
  #focused: HTMLElement | null = null;
  #at = 0;

  constructor(tree: HTMLElement, p: Playground) {
    this.#tree = tree;
    this.#root = tree.getRootNode() as ShadowRoot;
    this.#p = p;
    this.#observer = new MutationObserver((records) => this.#redrawn(records));
    this.#observer.observe(tree, { childList: true, subtree: true });
    this.#redrawn([]);
    // The focus may have come before its listeners.
    this.#focusOn(tree.querySelector<HTMLElement>('[role="treeitem"]:focus'));
    tree.addEventListener('keydown', this.#onKey);
    tree.addEventListener('focusin', this.#onFocus);
    tree.addEventListener('focusout', this.#onBlur);
    p.focusItem = (component, within) => this.#focusItem(component, within);
    p.nextItem = (component) => nextTo(tree, component);
  }

  stop(): void {
    this.#observer.disconnect();
    this.#p.focusItem = null;
    this.#p.nextItem = null;
    this.#tree.removeEventListener('keydown', this.#onKey);
    this.#tree.removeEventListener('focusin', this.#onFocus);
    this.#tree.removeEventListener('focusout', this.#onBlur);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const here = itemOf(event.target);
    // As long as nothing is on its way, undoing is the page's.
    if (!here || !(isOurs(event) || (this.#waiting && isUndo(event)))) return;
    if (this.#waiting) this.#waiting.push(event);
    else {
      const doing = this.#obey(here, event);
      if (!doing) return;
      if (doing !== DONE) void this.obeyLate([], doing);
    }
    event.preventDefault();
    event.stopPropagation();
  };

  /** What is on its way then; undefined: the key means nothing there. */
  #obey(here: HTMLElement, event: KeyboardEvent): Doing | undefined {
    if (isUndo(event)) return this.#p.editable ? this.#p.undo(wayOf(event)) : undefined;
    const all = items(this.#tree);
    const next = target(all, all.indexOf(here), event.key);
    if (!next) return gesture(this.#p, here, event.key);
    next.focus();
    return DONE;
  }

  /** Obeys keys that could not be obeyed when they came, and those that come meanwhile, each after the one before. */
  async obeyLate(keys: KeyboardEvent[], doing: Doing = DONE): Promise<void> {
    this.#waiting = keys;
    await doing.catch(() => {});
    for (let event; (event = keys.shift()); ) {
      const active = this.#root.activeElement as HTMLElement | null;
      const here = active ? itemOf(active) : this.#focused;
      if (here) await this.#obey(here, event)?.catch(() => {});
      // A key that is only an event presses no button.
      else if (active?.closest('[role="menu"], .change') && active.dispatchEvent(new KeyboardEvent(event.type, event)) && isChoice(event.key)) active.click();
      await this.#p.editing?.through;
      await tick();
    }
    this.#waiting = null;
  }

  readonly #onFocus = (event: Event): void => this.#focusOn(itemOf(event.target));

  #focusOn(here: HTMLElement | null): void {
    if (!here) return;
    const all = items(this.#tree);
    for (const item of all) item.tabIndex = item === here ? 0 : -1;
    this.#focused = here;
    this.#at = all.indexOf(here);
    this.#p.pointed = componentOf(here);
  }

  /** Boxes are drawn while nothing may change, so it is only then seen whether the focus left or its item went. */
  readonly #onBlur = (): void =>
    queueMicrotask(() => {
      this.#redrawn(this.#observer.takeRecords());
      if (this.#hasFocus) return;
      this.#focused = null;
      this.#p.pointed = null;
    });

  get #hasFocus(): boolean {
    return this.#tree.contains(this.#root.activeElement);
  }

  /** Boxes come and go with the document; one of them always takes Tab, and the focus is not lost with one. */
  #redrawn(records: readonly MutationRecord[]): void {
    const all = items(this.#tree);
    if (!all.some((item) => item.tabIndex === 0) && all[0]) all[0].tabIndex = 0;
    const focused = this.#focused;
    if (!focused) return;
    const isThere = all.includes(focused);
    const left = records.some(({ removedNodes }) => [...removedNodes].some((node) => node.contains(focused)));
    // The focus of an item that was moved stays with it, and that of one that is gone passes to the one in its place.
    if (!this.#root.activeElement && (left || !isThere)) (isThere ? focused : all[Math.min(this.#at, all.length - 1)])?.focus({ preventScroll: true });
    else if (isThere) this.#at = all.indexOf(focused);
  }

  /** Brings a box into focus, with everything drawn that a gesture made; what has no box has a form. */
  #focusItem(component: string | null, within?: string): void {
    if (component !== null) flushSync();
    const all = items(this.#tree);
    const found = component === null ? [all.find((item) => item.tabIndex === 0) ?? all[0]] : all.filter((item) => componentOf(item) === component);
    const item = found.find((one) => within !== undefined && one?.dataset['key']?.includes(`:${within}:`)) ?? found[0];
    if (item) {
      item.focus({ preventScroll: true });
      item.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    } else if (component !== null) {
      this.#p.openForm(component);
      void this.#p.edits().then((editing) => (editing.spot = pathOf(component)));
    }
  }
}
