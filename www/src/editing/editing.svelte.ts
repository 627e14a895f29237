/** Gestures: steps that the core applies to the document's text, what it says of them, and the way back. */

import type { Playground, Source } from '../playground.svelte';
import type { Applied, ComponentKind, Diagnostic, Edit, EditStep, Proposed } from '../types';
import { kindOf, nameOf, type Language } from '../words';
import { loadEditWords, type EditWords } from '../words/editing';
import { sharedCore, type Core } from './core';
import { namesIn, sectionOf } from './document';
import { History, type Entry } from './history';

/** Everything that a gesture may change. */
export interface Snapshot {
  readonly text: string;
  readonly original: string;
  readonly source: Source;
}

export type Offer = Proposed['offers'][number];

/** What the last gesture did, for the line that says so. */
export interface Change {
  /** One line for each change, in AWS's terms. */
  readonly lines: readonly string[];
  /** What usually goes with it. */
  readonly offers: readonly Offer[];
  readonly problem: string | null;
  /** Whether it can be taken back from the line. */
  readonly undoable: boolean;
}

export interface MenuRequest {
  readonly kind: 'add' | 'move';
  /** Where to add, or what to move; null: nothing is chosen. */
  readonly component: string | null;
  /** What the menu opens beside, and what gets the focus back. */
  readonly anchor: HTMLElement;
  /** Called when the menu has the focus. */
  readonly shown: () => void;
}

export interface Options {
  /** Gestures with the same key that follow each other are one: typing in one field. */
  readonly key?: string;
  /** The component that the gesture is about, which is selected and focused in the diagram. */
  readonly follow?: string;
  /** Its subnet, where it has boxes in several. */
  readonly within?: string;
  /** Whether its form opens: it is new. */
  readonly open?: boolean;
  readonly offers?: readonly Offer[];
}

/** After a pause, typing on is another gesture. */
const PAUSE = 1200;

const isJson = (text: string): boolean => /^\s*[{[]/.test(text);

const sentence = ({ message, help }: Diagnostic): string => [message, help].filter((part) => part !== '').join(' ');

export class Editing {
  words: EditWords;
  history = $state.raw(new History<Snapshot>());
  change = $state.raw<Change | null>(null);
  menu = $state.raw<MenuRequest | null>(null);
  shortcuts = $state(false);
  /** A place in the document whose field takes the focus once its form is drawn. */
  spot = $state<string | null>(null);
  /** Counts the requests to bring the form's name field into focus. */
  renaming = $state(0);
  /** Counts the requests to bring the first offer into focus. */
  reaching = $state(0);
  readonly #p: Playground;
  readonly #core: Core;
  #queue: Promise<unknown> = Promise.resolve();
  #pause: ReturnType<typeof setTimeout> | undefined;

  private constructor(p: Playground, core: Core, words: EditWords) {
    this.#p = p;
    this.#core = core;
    this.words = $state.raw(words);
  }

  static async start(p: Playground): Promise<Editing> {
    const [core, words] = await Promise.all([sharedCore(), loadEditWords(p.language)]);
    return new Editing(p, core, words);
  }

  async speak(language: Language): Promise<void> {
    this.words = await loadEditWords(language);
    this.change = null;
  }

  /** Applies the edit as one gesture; says whether it did. */
  apply(edit: Edit, options: Options = {}): Promise<boolean> {
    return this.#inTurn(async () => {
      if (edit.steps.length === 0) return false;
      const { text, converted } = await this.#json();
      const applied = await this.#core.applyEdit(text, edit, this.#p.language);
      return this.#take(applied, edit, converted, options);
    });
  }

  step(...steps: EditStep[]): Promise<boolean> {
    return this.apply({ steps });
  }

  /** Adds a sensible new component, where one was named inside it, and offers what usually goes with it. */
  add(add: ComponentKind, at: string | null): Promise<boolean> {
    return this.#propose(at === null ? { add } : { add, at });
  }

  /** Moves a component from its subnet to another. */
  move(move: string, to: string): Promise<boolean> {
    return this.#propose({ move, to }, { follow: move, within: to });
  }

  async remove(component: string): Promise<boolean> {
    return this.step({ op: 'removeComponent', component });
  }

  rename(component: string, name: string): Promise<boolean> {
    return this.apply({ steps: [{ op: 'renameComponent', component, name }] }, { follow: `${kindOf(component)}/${name}` });
  }

  duplicate(component: string): Promise<boolean> {
    const name = this.#freeName(component);
    return this.apply({ steps: [{ op: 'duplicateComponent', component, name }] }, { follow: `${kindOf(component)}/${name}`, open: true });
  }

  /** What an offer says is done, and the other offers stay. */
  accept(offer: Offer): Promise<boolean> {
    const offers = (this.change?.offers ?? []).filter((one) => one !== offer);
    return this.apply(offer.edit, { offers });
  }

  /** Opens the menu; done when it has the focus, or another took its place. */
  open(kind: MenuRequest['kind'], component: string | null, anchor: HTMLElement): Promise<void> {
    this.menu?.shown();
    return new Promise((shown) => (this.menu = { kind, component, anchor, shown }));
  }

  /** Resolves when all gestures so far are done. */
  get through(): Promise<unknown> {
    return this.#queue;
  }

  /** To the first of the offers, once the gesture that makes them is through. */
  reach(): Promise<void> {
    return this.#queue.then(() => {
      if (this.change && this.change.offers.length > 0) this.reaching += 1;
    });
  }

  /** Takes back the gesture before it, which may still be on its way. */
  undo(): Promise<unknown> {
    return this.#inTurn(async () => this.#go(this.history.undo(this.#snapshot()), this.words.change.undone, this.words.change.nothingToUndo));
  }

  redo(): Promise<unknown> {
    return this.#inTurn(async () => this.#go(this.history.redo(this.#snapshot()), this.words.change.redone, this.words.change.nothingToRedo));
  }

  /** The document was changed by other hands: typed as text, reset, opened. */
  record(before: Snapshot, how: 'typed' | 'reset' | 'opened'): void {
    this.#record(before, this.words.change[how], how === 'typed' ? 'text' : null);
    this.change = how === 'typed' ? null : { lines: [this.words.change[how]], offers: [], problem: null, undoable: true };
  }

  /** What is typed next is a gesture of its own. */
  settle(): void {
    clearTimeout(this.#pause);
    this.history = this.history.close();
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T | false> {
    const turn = this.#queue.then(act).catch((): false => {
      this.#fail(this.words.change.stopped);
      return false;
    });
    this.#queue = turn;
    return turn;
  }

  #propose(proposal: Parameters<Core['propose']>[1], options: Options = {}): Promise<boolean> {
    return this.#inTurn(async () => {
      const { text, converted } = await this.#json();
      const { edit, offers, problem } = await this.#core.propose(text, proposal, this.#p.language);
      if (problem) return this.#fail(sentence(problem));
      const applied = await this.#core.applyEdit(text, edit, this.#p.language);
      const added = edit.steps.find((step) => step.op === 'addComponent')?.component;
      return this.#take(applied, edit, converted, { ...(added === undefined ? {} : { follow: added, open: true }), ...options, offers });
    });
  }

  /** Steps apply to JSON; a text in YAML becomes JSON with the first gesture. */
  async #json(): Promise<{ text: string; converted: boolean }> {
    const { text } = this.#p;
    if (text.trim() === '') return { text: '{}', converted: false };
    if (isJson(text)) return { text, converted: false };
    const { document, diagnostics } = await (await this.#p.importer()).yamlToJson(text, this.#p.language);
    const broken = diagnostics.some((one) => one.severity === 'error' && one.path === '');
    return broken ? { text, converted: false } : { text: document, converted: true };
  }

  #take({ text, changes, problem }: Applied, edit: Edit, converted: boolean, { key, follow, within, open, offers = [] }: Options): boolean {
    if (problem) return this.#fail(this.#p.stale === 'stale' ? this.words.change.broken : sentence(problem));
    const before = this.#snapshot();
    if (text === before.text) return true;
    const lines = [...changes, ...(converted ? [this.words.change.json] : [])];
    this.#record(before, lines[0] ?? '', key ?? null);
    this.#followNames(edit);
    this.#p.take(text);
    this.change = { lines, offers, problem: null, undoable: true };
    if (follow !== undefined) {
      this.#p.selectComponent(follow);
      if (open) this.#p.openForm(follow);
      this.#p.focusItem?.(follow, within);
    }
    return true;
  }

  /** A question and a selection stay with what they mean when its name changes. */
  #followNames(edit: Edit): void {
    const p = this.#p;
    for (const step of edit.steps) {
      if (step.op === 'removeComponent' && p.subject === step.component) {
        p.subject = null;
        p.component = null;
      }
      if (step.op !== 'renameComponent') continue;
      const old = nameOf(step.component);
      const next = `${kindOf(step.component)}/${step.name}`;
      const renamed = (written: string): string =>
        written === step.component ? next : written === old ? step.name : written.startsWith('s3://') && written.slice(5).split('/')[0] === old && kindOf(step.component) === 'bucket' ? `s3://${step.name}${written.slice(5 + old.length)}` : written;
      if (p.subject === step.component) p.subject = next;
      if (p.question) p.question = { ...p.question, from: renamed(p.question.from), to: renamed(p.question.to) };
    }
  }

  #snapshot(): Snapshot {
    const { text, original, source } = this.#p;
    return { text, original, source };
  }

  #record(before: Snapshot, words: string, key: string | null): void {
    clearTimeout(this.#pause);
    this.history = this.history.record(before, words, key);
    if (key !== null) this.#pause = setTimeout(() => this.settle(), PAUSE);
  }

  #go(way: { entry: Entry<Snapshot>; history: History<Snapshot> } | null, say: (words: string) => string, nothing: string): void {
    if (!way) {
      this.change = { lines: [nothing], offers: [], problem: null, undoable: false };
      return;
    }
    clearTimeout(this.#pause);
    this.history = way.history;
    this.#p.restore(way.entry.state);
    this.change = { lines: [say(way.entry.words)], offers: [], problem: null, undoable: false };
  }

  #fail(problem: string): false {
    this.change = { lines: [], offers: [], problem, undoable: false };
    return false;
  }

  #freeName(component: string): string {
    const taken = new Set(namesIn(this.#p.document, sectionOf(kindOf(component))));
    const stem = nameOf(component).replace(/-\d+$/, '');
    for (let number = 2; ; number += 1) if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
  }
}
