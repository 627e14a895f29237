/** Proven cures of the check on the page: asked for again with every answer, applied as one gesture. */

import { tick, untrack } from 'svelte';

import type { Playground, Shown } from '../playground.svelte';
import { request } from '../question';
import type { CheckRepairs, Cure, Repairs } from '../types';
import { Repairer } from './repairer';

/** Typing goes on for a moment before it is worth a search, in milliseconds. */
const PAUSE = 150;

export class Cures {
  /** Gigabytes a month that prices are for; what the crate takes for usual. */
  gigabytes = $state(100);
  /** What was found for {@link of}; null before, and when the search failed. */
  found = $state.raw<Repairs | null>(null);
  of = $state.raw<Shown | null>(null);
  failed = $state(false);
  /** Edits that mend all failing checks of the document at once; null until somebody asks for them. */
  together = $state.raw<readonly Cure[] | null>(null);
  /** Whether the cards are open, with everything that a cure says. */
  open = $state(false);
  /** Counts the requests to bring the cards into view and focus. */
  reaching = $state(0);
  readonly #p: Playground;
  readonly #repairer = new Repairer();

  constructor(p: Playground) {
    this.#p = p;
    $effect.root(() => {
      $effect(() => {
        const { shown } = p;
        const { gigabytes } = this;
        if (!shown?.question || !p.editable) return undefined;
        const timer = setTimeout(() => this.#ask(shown, gigabytes), untrack(() => this.of) === null ? 0 : PAUSE);
        return () => clearTimeout(timer);
      });
    });
  }

  /** What mends the check on the page; null as long as that is not known. */
  readonly check: CheckRepairs | null = $derived(this.of === this.#shown ? (this.found?.checks[0] ?? null) : null);

  /** Whether the search is over, with or without a result. */
  readonly ready: boolean = $derived(this.of === this.#shown);

  get #shown(): Shown | null {
    return this.#p.shown;
  }

  #ask(shown: Shown, gigabytesPerMonth: number): void {
    const { question } = shown;
    if (!question) return;
    const lang = this.#p.language;
    const asked = question.expectation === null ? request(question, lang) : { lang, expectation: question.expectation };
    this.#repairer.ask(shown.text, { ...asked, gigabytesPerMonth }, (found) => {
      this.found = found;
      this.failed = found === null;
      if (shown !== this.of) this.together = null;
      this.of = shown;
    });
  }

  /** One gesture, which one undo takes back; then the packet sets out. A button that goes with it leaves the focus to the diagram. */
  async apply(cure: Cure, button: Element): Promise<void> {
    const p = this.#p;
    const root = button.getRootNode() as ShadowRoot;
    const before = p.shown;
    const [editing, { added }] = await Promise.all([p.edits(), import('./added')]);
    if (before !== p.shown || !(await editing.apply(cure.edit)) || !before || !p.shown) return;
    p.added = added(before.diagram, p.shown.diagram);
    // On a phone the sheet would hide what becomes of it.
    p.sheetOpen = false;
    await tick();
    if (!root.activeElement) p.focusItem?.(null);
    const first = p.check?.paths[0]?.firstHop;
    if (first === undefined || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    p.select(first);
    p.playing = true;
  }
}

/** The cures of the playground, which look for themselves from now on. */
export const curesOf = (p: Playground): Cures => (p.cures ??= new Cures(p));

/** The two that stand beside the verdict: the best, and a NAT gateway or whatever else comes next. */
export function firstTwo(cures: readonly Cure[]): readonly Cure[] {
  const [best, ...others] = cures;
  if (!best) return [];
  const next = others.find((cure) => /NatGateway$/.test(cure.kind)) ?? others[0];
  return next ? [best, next] : [best];
}
