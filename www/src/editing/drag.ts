/** Dragging a component from its subnet to another, with mouse, pen or finger; only subnets take it. */

import type { Playground } from '../playground.svelte';
import { adopting } from '../parts/adopting';
import { kindOf, nameOf } from '../words';
import style from './drag.css?inline';
import { canMove } from './places';

const adopt = adopting(style);

/** As far as a pointer goes before it drags. */
const SLACK = 6;
/** A drag this near to the canvas's edge scrolls it. */
const EDGE = 36;

interface Drag {
  readonly component: string;
  readonly origin: Element | null;
  readonly pointer: number;
  readonly x: number;
  readonly y: number;
  ghost: HTMLElement | null;
  over: Element | null;
}

const subnetAt = (root: ShadowRoot, x: number, y: number): Element | null => root.elementFromPoint(x, y)?.closest('.subnet') ?? null;

const componentOf = (subnet: Element | null): string | null => subnet?.querySelector<HTMLElement>(':scope > .head')?.dataset['component'] ?? null;

export function dragging(tree: HTMLElement, p: Playground): () => void {
  const root = tree.getRootNode() as ShadowRoot;
  adopt(tree);
  const app = tree.closest<HTMLElement>('.app');
  let drag: Drag | null = null;

  function begin(event: PointerEvent): void {
    if (event.button !== 0 || drag || !p.editable) return;
    const row = (event.target as Element).closest<HTMLElement>('.card.inside .row.owner');
    const component = row?.dataset['component'];
    if (!row || component === undefined || !canMove(kindOf(component))) return;
    // A finger scrolls until the component is selected.
    if (event.pointerType === 'touch' && !row.closest('.card.sel')) return;
    drag = { component, origin: row.closest('.subnet'), pointer: event.pointerId, x: event.clientX, y: event.clientY, ghost: null, over: null };
    addEventListener('pointermove', move);
    addEventListener('pointerup', drop);
    addEventListener('pointercancel', cancel);
    addEventListener('keydown', key, true);
  }

  function lift(it: Drag): HTMLElement {
    const ghost = document.createElement('div');
    ghost.className = 'dragged';
    ghost.textContent = nameOf(it.component);
    ghost.ariaHidden = 'true';
    app?.append(ghost);
    app?.classList.add('dragging');
    for (const subnet of tree.querySelectorAll('.subnet')) if (subnet !== it.origin) subnet.classList.add('takes');
    return ghost;
  }

  function move(event: PointerEvent): void {
    if (!drag || event.pointerId !== drag.pointer) return;
    if (!drag.ghost && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < SLACK) return;
    drag.ghost ??= lift(drag);
    drag.ghost.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 12}px)`;
    const found = subnetAt(root, event.clientX, event.clientY);
    const over = found === drag.origin ? null : found;
    if (over !== drag.over) {
      drag.over?.classList.remove('over');
      over?.classList.add('over');
      drag.over = over;
    }
    const canvas = tree.closest('.canvas');
    const box = canvas?.getBoundingClientRect();
    if (canvas && box) canvas.scrollTop += event.clientY < box.top + EDGE ? -12 : event.clientY > box.bottom - EDGE ? 12 : 0;
    event.preventDefault();
  }

  function drop(event: PointerEvent): void {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { component, over, ghost } = drag;
    end();
    if (!ghost) return;
    // The click that ends a drag chooses nothing.
    addEventListener('click', stop, { capture: true, once: true });
    setTimeout(() => removeEventListener('click', stop, true));
    const to = componentOf(over);
    if (to !== null) void p.edits().then((editing) => editing.move(component, to));
  }

  const stop = (event: Event): void => {
    event.stopPropagation();
    event.preventDefault();
  };

  function key(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !drag?.ghost) return;
    stop(event);
    cancel();
  }

  function cancel(): void {
    const component = drag?.ghost ? drag.component : null;
    end();
    if (component !== null) p.focusItem?.(component);
  }

  function end(): void {
    drag?.ghost?.remove();
    app?.classList.remove('dragging');
    for (const subnet of tree.querySelectorAll('.subnet.takes')) subnet.classList.remove('takes', 'over');
    drag = null;
    removeEventListener('pointermove', move);
    removeEventListener('pointerup', drop);
    removeEventListener('pointercancel', cancel);
    removeEventListener('keydown', key, true);
  }

  tree.addEventListener('pointerdown', begin);
  return () => {
    end();
    tree.removeEventListener('pointerdown', begin);
  };
}
