/** Everything that changes on the page: the document, the question, the answer, and what is selected. */

import type { Theme } from './attributes';
import { FIRST_CASE, loadCase } from './cases';
import { hopsOf, isEnd } from './diagram/trail';
import type { Cures } from './cures/cures.svelte';
import type { Editing, Snapshot } from './editing/editing.svelte';
import { EngineStopped, EngineTooSmall, sharedEngine, type Engine } from './engine/engine';
import type { Importer } from './engine/importer';
import type { Notice } from './notices';
import { expectations, firstQuestion, means, request, workloads, type Question } from './question';
import type { AnalysisResponse, Check, Cure, Diagnostic, Diagram, Parameter } from './types';
import { shareEqual } from './share-equal';
import { Shelf } from './start/shelf.svelte';
import type { Texts } from './start/gallery';
import { loadWords, type Language, type Messages } from './words';

export type { Theme } from './attributes';
export type Tab = 'lesson' | 'answer' | 'edit' | 'text' | 'checks' | 'compare';

/** Where the document came from. */
export type Source =
  | { readonly kind: 'case' | 'lesson'; readonly name: string; readonly title: Texts }
  | { readonly kind: 'import'; readonly name: string; readonly files: number }
  | { readonly kind: 'document'; readonly name: string }
  | { readonly kind: 'own'; readonly name: string; readonly id: string };

/** What the engine made of the last text that was a document. */
export interface Shown {
  /** The document as JSON text, even where it was written in YAML. */
  readonly text: string;
  readonly diagram: Diagram;
  readonly check: Check | null;
  /** Answers to the document's own expectations. */
  readonly expected: readonly Check[];
  readonly question: Question | null;
}

export class Playground {
  language = $state<Language>('en');
  words: Messages;
  theme = $state<Theme>('system');
  source = $state.raw<Source>({ kind: 'case', name: FIRST_CASE, title: { en: '', ja: '' } });
  text = $state('');
  original = $state('');
  question = $state.raw<Question | null>(null);
  shown = $state.raw<Shown | null>(null);
  diagnostics = $state.raw<readonly Diagnostic[]>([]);
  /** Why what is shown is older than the text: that is no document at the moment, or its answer is being worked out. */
  stale = $state<'stale' | 'working' | null>(null);
  /** What a cure would make of it, while somebody looks at that. */
  preview = $state.raw<{ readonly shown: Shown; readonly cure: Cure } | null>(null);
  /** What is drawn and answered: as it is, or as a cure would make it. */
  readonly view: Shown | null = $derived(this.preview?.shown ?? this.shown);
  readonly check: Check | null = $derived(this.view?.check ?? null);
  /** Components and routes that the last change, or the preview, adds. */
  added = $state.raw<ReadonlySet<string>>(new Set());
  /** Proven cures, once somebody may want them. */
  cures = $state.raw<Cures | null>(null);
  /** What is wrong with attributes or link. */
  notices = $state.raw<readonly Notice[]>([]);
  /** Whether the diagram can be edited by hand; an element that only shows has no forms and handles. */
  editable = $state(true);
  /** Address of the full playground, beside which the pages on codes are; null where nobody knows it. */
  page = $state<string | null>(null);
  /** Whether the first answer has been painted; what is not needed for it comes then. */
  painted = $state(false);
  trouble = $state<'stopped' | 'gone' | null>(null);
  tab = $state<Tab>('answer');
  /** Position in the answer's hops. */
  hop = $state(0);
  /** Whether a person chose the hop, which then gets a ring. */
  chosen = $state(false);
  /** A component without hops that a person chose. */
  component = $state<string | null>(null);
  /** The component whose settings are shown. */
  subject = $state<string | null>(null);
  /** The last text that was a document, as data. */
  document = $state.raw<unknown>({});
  /** Gestures and their history, fetched when somebody edits. */
  editing = $state.raw<Editing | null>(null);
  /** Fetches what makes the diagram answer to keys and pointers. */
  wake: (() => Promise<void>) | null = null;
  /** Brings a component's box in the diagram into focus, once the diagram can, null: the one that had it last; `within` is one of its subnets. */
  focusItem: ((component: string | null, within?: string) => void) | null = null;
  /** Keys that the diagram obeys after those before them, whoever else heard them. */
  waitingKeys: WeakSet<Event> | null = null;
  /** The component beside another in the diagram, which takes over when that one goes. */
  nextItem: ((component: string) => string | null) | null = null;
  /** The component under the pointer or the focus. */
  pointed = $state<string | null>(null);
  playing = $state(false);
  /** Seconds that are left of a run of the log; null: nothing runs. */
  left = $state<number | null>(null);
  /** Width of the canvas in CSS pixels as far as it is known before there is one, else 0. */
  room = 0;
  /** What the diagram shows. */
  show = $state.raw({ routes: true, acls: true, groups: true });
  zoom = $state(1);
  /** Whether subnets off the path fold; null: as the size of the document suggests. */
  focus = $state<boolean | null>(null);
  /** Subnets and tiers off the path that a person unfolded. */
  unfolded = $state.raw<ReadonlySet<string>>(new Set());
  sheetOpen = $state(false);
  importing = $state<'closed' | 'open' | 'working'>('closed');
  importProblems = $state.raw<readonly Diagnostic[]>([]);
  importFailed = $state<string | null>(null);
  /** Parameters of the templates imported last. */
  importParameters = $state.raw<readonly Parameter[]>([]);

  readonly shelf = new Shelf();

  #importer: Promise<Importer> | undefined;
  #editing: Promise<Editing> | undefined;
  readonly onVerdict: (check: Check | null) => void;
  #engine: Engine | null = null;
  /** What an engine would say of the text, as long as nothing else is asked. */
  #recalled: AnalysisResponse | undefined;
  #grown = $state(0);
  #starting: Promise<void> | undefined;
  /** Whether something is to be answered once there is an engine. */
  #waits = false;
  #conversion = 0;

  constructor(language: Language, words: Messages, onVerdict: (check: Check | null) => void = () => {}) {
    this.language = language;
    this.words = $state.raw(words);
    this.onVerdict = onVerdict;
  }

  /** What the document is called. */
  get name(): string {
    return 'title' in this.source ? this.source.title[this.language] : this.source.name;
  }

  get edited(): boolean {
    return this.text !== this.original;
  }

  /** Position in the answer's paths of the one that is stepped through. */
  get path(): number {
    return this.check?.hops[this.hop]?.path ?? 0;
  }

  /** What reads YAML and AWS CLI output, fetched when there is some. */
  importer(): Promise<Importer> {
    return (this.#importer ??= import('./importing').then(({ Importer }) => new Importer()));
  }

  /** What applies gestures, and undoes them. */
  edits(): Promise<Editing> {
    this.#editing ??= Promise.all([import('./editing/editing.svelte'), this.wake?.(), import('./editing/EditParts.svelte')])
      .then(([{ Editing }]) => Editing.start(this))
      .then((editing) => {
        // Before the first mistake, which it takes to be worded.
        this.#engine?.grow().catch(() => {});
        return (this.editing = editing);
      })
      .catch((error: unknown) => {
        this.#editing = undefined;
        throw error;
      });
    return this.#editing;
  }

  undo(way: 'undo' | 'redo' = 'undo', event?: Event): Promise<unknown> {
    return this.edits().then((editing) => (event && this.waitingKeys?.has(event)) || editing[way]());
  }

  /** Gets the engine, which answers from then on. */
  start(): Promise<void> {
    return (this.#starting ??= this.#start());
  }

  async #start(): Promise<void> {
    try {
      let language;
      // The language may change while its engine loads.
      do this.#engine = await sharedEngine((language = this.language));
      while (language !== this.language);
      if (this.#waits) this.update();
    } catch {
      this.trouble = 'gone';
    }
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => (this.painted = true))));
  }

  /** Says whether there is a case of that name. */
  async openCase(wanted: string): Promise<boolean> {
    const found = await loadCase(wanted, this.language);
    if (found) this.open(found.text, { kind: 'case', name: found.name, title: found.title }, found.answer);
    return found !== undefined;
  }

  /** A new document, with its own question, and with its answer where that is known before there is an engine. */
  open(text: string, source: Source, answer?: AnalysisResponse): void {
    this.#changed('opened');
    this.question = null;
    this.shown = null;
    this.subject = null;
    this.unfolded = new Set();
    this.restore({ text, original: text, source }, answer);
  }

  /** Typed as text. */
  edit(text: string): void {
    if (text === this.text) return;
    this.#changed('typed');
    this.take(text);
  }

  reset(): void {
    this.#changed('reset');
    this.restore({ text: this.original, original: this.original, source: this.source });
  }

  /** Goes on with this text; the gesture that made it is recorded already. */
  take(text: string, answer?: AnalysisResponse): void {
    this.#recalled = answer;
    this.added = new Set();
    this.preview = null;
    this.text = text;
    this.update();
  }

  restore({ text, original, source }: Snapshot, answer?: AnalysisResponse): void {
    this.original = original;
    this.source = source;
    this.component = null;
    this.take(text, answer);
  }

  #changed(how: 'typed' | 'reset' | 'opened'): void {
    const { text, original, source } = this;
    if (text === '' || !this.editable) return;
    const before = { text, original, source };
    if (this.editing) this.editing.record(before, how);
    else if (how !== 'opened' || this.#editing) void this.edits().then((editing) => editing.record(before, how));
  }

  /** Null: back to what is. */
  showPreview(shown: Shown | null, cure?: Cure, added: ReadonlySet<string> = new Set()): void {
    const before = this.check;
    this.preview = shown && cure ? { shown, cure } : null;
    this.added = added;
    this.#keepPlace(before, this.check);
  }

  ask(question: Question): void {
    this.question = question;
    this.update();
  }

  async speak(language: Language): Promise<void> {
    const engine = sharedEngine(language).catch(() => null);
    const [words, speaking] = await Promise.all([loadWords(language), engine, this.editing?.speak(language)]);
    // Together, since an engine answers in its own language only.
    this.words = words;
    this.language = language;
    this.#engine = speaking;
    if (speaking) this.update();
    else this.trouble = 'gone';
  }

  select(hop: number): void {
    const decides = this.check?.hops[hop]?.component;
    if (decides === undefined) return;
    this.hop = hop;
    this.chosen = true;
    this.component = null;
    this.subject = decides;
  }

  /** Shows the component's settings. */
  openForm(component: string): void {
    if (!this.editable) return;
    this.subject = component;
    this.tab = 'edit';
    this.sheetOpen = true;
  }

  /** Unfolds what is folded, and folds it again. */
  unfold(key: string): void {
    const next = new Set(this.unfolded);
    if (!next.delete(key)) next.add(key);
    this.unfolded = next;
  }

  selectComponent(component: string): void {
    this.subject = component;
    const hops = this.check?.hops ?? [];
    const inPath = hops.findIndex((hop) => hop.component === component && hop.path === this.path);
    const anywhere = inPath >= 0 ? inPath : hops.findIndex((hop) => hop.component === component);
    if (anywhere >= 0) this.select(anywhere);
    else {
      this.chosen = false;
      this.component = component;
    }
  }

  /** Steps within the path; says whether there was somewhere to go. */
  step(by: number): boolean {
    const check = this.check;
    const path = check?.paths[this.path];
    if (!path) return false;
    const next = this.hop + by;
    if (next < path.firstHop || next >= path.firstHop + path.hopCount) return false;
    this.select(next);
    return true;
  }

  choosePath(index: number): void {
    const check = this.check;
    const path = check?.paths[index];
    if (!check || !path) return;
    this.select(path.firstHop + decidingHop(check, index));
  }

  /** Reads the text and asks again. Nothing here fails: what is wrong is shown, and the last good picture stays. */
  update(): void {
    this.#waits = !this.#engine && (this.question !== null || !this.#recalled);
    if (this.#waits) {
      this.stale = this.shown && (this.trouble ? 'stale' : 'working');
      return;
    }
    const text = this.text.trimStart();
    if (text !== '' && !text.startsWith('{') && !text.startsWith('[')) {
      void this.#convert(this.text);
      return;
    }
    this.#conversion += 1;
    this.#analyze(this.text);
  }

  async #convert(text: string): Promise<void> {
    this.#conversion += 1;
    const conversion = this.#conversion;
    try {
      const converted = await (await this.importer()).yamlToJson(text, this.language);
      if (conversion !== this.#conversion) return;
      const broken = converted.diagnostics.some((diagnostic) => diagnostic.severity === 'error') && isEmptyDocument(converted.document);
      if (broken) {
        this.diagnostics = converted.diagnostics;
        this.stale = this.shown && 'stale';
        return;
      }
      this.#analyze(converted.document, converted.diagnostics);
    } catch {
      if (conversion === this.#conversion) this.#analyze(text);
    }
  }

  #analyze(text: string, found: readonly Diagnostic[] = []): void {
    const recalled = this.#recalled;
    const engine = this.#engine ?? (recalled && { analyze: () => recalled });
    if (!engine) return;
    const document = parse(text);
    const lang = this.language;
    try {
      const list = expectations(document);
      const all = list.length > 0 || document === undefined ? engine.analyze(text, { lang }) : null;
      if (document === undefined) {
        this.diagnostics = [...found, ...aboutDocument(all?.answer.diagnostics ?? [])];
        this.stale = this.shown && 'stale';
        return;
      }
      let question = this.question ?? list[0] ?? null;
      if (question?.expectation != null) question = list[question.expectation] ?? list[0] ?? null;
      const expected = all?.answer.checks ?? [];
      let diagram = all?.diagram;
      let diagnostics = all?.answer.diagnostics ?? [];
      let check = question?.expectation != null ? (expected[question.expectation] ?? null) : null;
      if (!check && !question) {
        const read = engine.analyze(text, { lang, drawOnly: true });
        question = firstQuestion(read.diagram);
        diagram = read.diagram;
        if (!question) diagnostics = engine.analyze(text, { lang }).answer.diagnostics;
      }
      if (!check && question) {
        const asked = engine.analyze(text, request(question, lang));
        check = asked.answer.checks[0] ?? null;
        diagram = asked.diagram;
        diagnostics = asked.answer.diagnostics;
      }
      if (!diagram) return;
      if (!check && question && question.expectation === null && isGone(question, diagram)) {
        // What asked is gone; the question waits for it, since an undo may bring it back.
        question = list[0] ?? firstQuestion(diagram);
        check = question?.expectation != null ? (expected[0] ?? null) : question ? (engine.analyze(text, request(question, lang)).answer.checks[0] ?? null) : null;
      }
      this.document = document;
      const before = this.check;
      this.preview = null;
      this.shown = shareEqual(this.shown, { text, diagram, check, expected, question });
      this.diagnostics = [...found, ...aboutDocument(diagnostics)];
      this.stale = null;
      this.trouble = null;
      this.#keepPlace(before, check);
      this.onVerdict(check);
    } catch (error) {
      if (error instanceof EngineTooSmall) this.stale = this.shown && (document ? 'working' : 'stale');
      this.#help(error);
    }
  }

  /** Answers to a question, or to what the document itself expects, without showing them; null where there is no answer. */
  answersTo(text: string, question: Question | null = null): AnalysisResponse | null {
    // Whatever shows the answer asks again when there is one.
    void this.#grown;
    const engine = this.#engine;
    if (!engine) return null;
    try {
      return engine.analyze(text, question ? request(question, this.language) : { lang: this.language });
    } catch (error) {
      this.#help(error);
      return null;
    }
  }

  #help(error: unknown): void {
    if (error instanceof EngineTooSmall) void this.grow();
    else if (error instanceof EngineStopped) void this.#restart();
    else throw error;
  }

  /** Gets the module with everything, and asks again what the smaller one left to it. */
  async grow(): Promise<void> {
    const engine = this.#engine;
    try {
      await engine?.grow();
      if (engine === this.#engine) this.update();
      this.#grown += 1;
    } catch {
      this.trouble = 'gone';
      this.stale = this.shown && 'stale';
    }
  }

  async #restart(): Promise<void> {
    try {
      await this.#engine?.restart();
      this.trouble = 'stopped';
      this.stale = this.shown && 'stale';
    } catch {
      this.trouble = 'gone';
    }
  }

  /** The same answer keeps the selected hop; another one starts at the hop that decides. */
  #keepPlace(before: Check | null, check: Check | null): void {
    if (check && before && this.chosen && sameHops(before, check)) return;
    this.chosen = false;
    this.playing = false;
    this.hop = check ? firstHop(check) : 0;
  }
}

/** Without what the answer itself says already: that there is nothing to ask. */
const aboutDocument = (diagnostics: readonly Diagnostic[]): Diagnostic[] =>
  diagnostics.filter((diagnostic) => diagnostic.code !== 'nothingToCheck');

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isEmptyDocument(text: string): boolean {
  const value = parse(text);
  return value === undefined || !['vpcs', 'subnets', 'functions', 'buckets'].some((section) => section in (value as object));
}

/** Whether the workload that asks is no longer in the document. */
const isGone = (question: Question, diagram: Diagram): boolean => !workloads(diagram).some((card) => means(question.from, card.component));

function sameHops(before: Check, after: Check): boolean {
  return before.hops.length === after.hops.length && before.hops.every((hop, index) => hop.component === after.hops[index]?.component && hop.action === after.hops[index]?.action);
}

/** Within a path: where it ends, else where it arrives, else its last hop. */
function decidingHop(check: Check, index: number): number {
  const path = check.paths[index];
  if (!path) return 0;
  const hops = hopsOf(check, path);
  const end = hops.findIndex(isEnd);
  if (end >= 0) return end;
  const arrives = hops.findIndex((hop) => hop.action === 'answers');
  return arrives >= 0 ? arrives : Math.max(hops.length - 1, 0);
}

/** Of all paths the first one that fails, else the first. */
function firstHop(check: Check): number {
  const failing = check.paths.findIndex((path) => path.fate !== 'delivered');
  const index = Math.max(failing, 0);
  return (check.paths[index]?.firstHop ?? 0) + decidingHop(check, index);
}
