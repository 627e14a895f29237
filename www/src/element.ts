/** The custom element `<vpc-playground>`: an open shadow root with the whole playground inside. */

import { mount, unmount, type Component } from 'svelte';

import App from './App.svelte';
import { isMode, isTheme, modes, themes, type Mode, type Theme } from './attributes';
import { FIRST_CASE, NEW } from './cases';
import { sharedEngine } from './engine/engine';
import { CLEAN, isLink } from './links/fragment';
import type { Notice } from './notices';
import { Playground } from './playground.svelte';
import type { ChangeDetail, VerdictDetail, VpcPlayground } from './public';
import { stored } from './stored';
import style from './style.css?inline';
import type { Check } from './types';
import { watchText } from './watch.svelte';
import { languageOfVisit, languages, loadWords, preferredLanguage, type Language } from './words';

/** The one place that knows the element's name. */
export const ELEMENT_NAME = 'vpc-playground';

/** How far outside the window an element starts to load, so that it is there when somebody scrolls to it. */
const MARGIN = '200px';

/** Milliseconds that the first frame waits for the first answer. */
const PATIENCE = 100;

const sheet = new CSSStyleSheet();

export class VpcPlaygroundElement extends HTMLElement implements VpcPlayground {
  static readonly observedAttributes = ['mode', 'src', 'scenario', 'lang', 'theme', 'playground'];
  /** Address of the full playground, for elements that name none; the attribute `playground` names one. */
  static page: string | null = null;

  static {
    for (const name of ['src', 'scenario', 'playground'] as const) {
      Object.defineProperty(this.prototype, name, {
        get(this: VpcPlaygroundElement) {
          return this.getAttribute(name);
        },
        set(this: VpcPlaygroundElement, value: string | null) {
          this.#reflect(name, value);
        },
        configurable: true,
      });
    }
  }

  declare src: string | null;
  declare scenario: string | null;
  declare playground: string | null;

  #playground: Playground | undefined;
  #body: Record<string, unknown> | undefined;
  #observer: IntersectionObserver | undefined;
  #stopWatching: (() => void) | undefined;
  /** Counts what has been shown and opened, so that what comes late does not replace what came after it. */
  #shows = 0;
  #opens = 0;
  #ofSource: readonly Notice[] = [];
  #text: string | null = null;

  get mode(): Mode {
    const mode = this.getAttribute('mode');
    return mode !== null && isMode(mode) ? mode : 'view';
  }
  set mode(mode: Mode) {
    this.setAttribute('mode', mode);
  }

  get theme(): Theme | null {
    const theme = this.getAttribute('theme');
    return theme !== null && isTheme(theme) ? theme : null;
  }
  set theme(theme: Theme | null) {
    this.#reflect('theme', theme);
  }

  get text(): string {
    return this.#playground?.text ?? this.#text ?? '';
  }
  set text(text: string) {
    if (this.#playground) this.#playground.edit(text);
    else this.#text = text;
  }

  get check(): Check | null {
    return this.#playground?.check ?? null;
  }

  #reflect(name: string, value: string | null): void {
    if (value === null) this.removeAttribute(name);
    else this.setAttribute(name, value);
  }

  connectedCallback(): void {
    addEventListener('hashchange', this.#navigated);
    if (this.#playground) {
      void this.#show(this.#playground);
      return;
    }
    // The page around it is its own, and an observer would first wait for a frame.
    if (this.hasAttribute('address')) {
      this.#begin();
      return;
    }
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        this.#observer?.disconnect();
        this.#begin();
      },
      { rootMargin: MARGIN },
    );
    this.#observer.observe(this);
  }

  disconnectedCallback(): void {
    removeEventListener('hashchange', this.#navigated);
    this.#observer?.disconnect();
    this.#shows += 1;
    this.#clear();
  }

  attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    const playground = this.#playground;
    if (!playground || before === value) return;
    if (name === 'mode') void this.#show(playground);
    else if (name === 'theme') playground.theme = this.#themeWanted();
    else if (name === 'playground') playground.page = this.#page();
    else if (name === 'lang') void playground.speak(this.#languageWanted());
    else void this.#open(playground);
    this.#notice(playground);
  }

  #begin(): void {
    this.#start().catch((error: unknown) => {
      // What stands inside the tag is still there; without it, something has to be.
      if (!this.textContent?.trim()) this.append('vpcreach: the playground could not be loaded.');
      throw error;
    });
  }

  async #start(): Promise<void> {
    const language = this.#languageWanted();
    // Words and engine load side by side, unless the engine to load depends on what is opened.
    const named = this.src ?? this.scenario ?? this.#inline() ?? (this.hasAttribute('address') && isLink(location.hash));
    if (!named) sharedEngine(language).catch(() => {});
    const playground = new Playground(language, await loadWords(language), (check) => this.#tell('verdict', check satisfies VerdictDetail));
    this.#playground = playground;
    playground.theme = this.#themeWanted();
    playground.page = this.#page();
    this.#notice(playground);
    const opened = this.#open(playground);
    const started = named ? opened.then(() => playground.start()) : playground.start();
    // Mostly the answer is as near as the words are, and drawing both at once is half the work. What the page's markup
    // shows gives way to nothing less.
    const answered = opened.then<unknown>(() => playground.shown ?? started);
    await (!named && this.#still() ? answered : Promise.race([answered, new Promise((resolve) => setTimeout(resolve, PATIENCE))]));
    playground.room = this.#still();
    await Promise.all([this.#show(playground), opened, started]);
    this.#stopWatching?.();
    this.#stopWatching = watchText(playground, (text) => this.#tell('change', { text } satisfies ChangeDetail));
  }

  async #show(playground: Playground): Promise<void> {
    const show = (this.#shows += 1);
    const { mode } = this;
    playground.editable = mode !== 'view';
    const embed = mode === 'full' ? null : await import('./embed/embed');
    if (show !== this.#shows || !this.isConnected) return;
    this.#clear();
    if (sheet.cssRules.length === 0) sheet.replaceSync(style);
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.replaceChildren();
    root.adoptedStyleSheets = embed ? [sheet, ...embed.embedSheets] : [sheet];
    const Body = (embed ? embed.Embed : App) as Component<{ p: Playground }>;
    this.#body = mount(Body, { target: root, props: { p: playground } });
  }

  /** Width of the canvas in what the page's markup has before there is an app; 0: it has nothing. */
  #still(): number {
    return Math.max(0, ...[...(this.shadowRoot?.querySelectorAll('.still .canvas') ?? [])].map((canvas) => canvas.clientWidth));
  }

  #clear(): void {
    if (this.#body) void unmount(this.#body);
    this.#body = undefined;
  }

  #inline(): HTMLScriptElement | null {
    return this.querySelector(':scope > script[type]');
  }

  /** Opens what attributes and content say. */
  async #open(playground: Playground): Promise<void> {
    // A script that is not a module may run before the parser has read what stands inside the tag.
    if (document.readyState === 'loading') await new Promise((resolve) => addEventListener('DOMContentLoaded', resolve, { once: true }));
    const open = (this.#opens += 1);
    const { src, scenario } = this;
    const inline = this.#inline();
    if (this.#text !== null) playground.edit(this.#text);
    else if (await this.#openFragment(playground)) return;
    else if (src === null && scenario === null && inline === null && this.mode === 'full') await playground.openCase(location.hash === CLEAN ? NEW : FIRST_CASE);
    else {
      const { openSource } = await import('./embed/source');
      const notices = await openSource(playground, { src, scenario, inline }, () => open === this.#opens);
      if (open !== this.#opens) return;
      this.#ofSource = notices;
      this.#notice(playground);
    }
  }

  /** The element that owns the page's address opens the link in it. Says whether it did. */
  async #openFragment(playground: Playground): Promise<boolean> {
    const { hash } = location;
    if (!this.hasAttribute('address') || !isLink(hash)) return false;
    return (await import('./links/address')).openFragment(playground, hash);
  }

  readonly #navigated = (): void => {
    if (this.#playground) void this.#openFragment(this.#playground);
  };

  #themeWanted(): Theme {
    const kept = this.mode === 'full' ? stored.get('theme') : null;
    return this.theme ?? (kept !== null && isTheme(kept) ? kept : 'system');
  }

  /** As the attribute says; else the playground follows person and browser, and an embedded element the page around it. */
  #languageWanted(): Language {
    const attribute = this.getAttribute('lang');
    if (this.mode === 'full') return languageOfVisit(attribute);
    return preferredLanguage([attribute, this.parentElement?.closest('[lang]')?.getAttribute('lang'), ...navigator.languages]);
  }

  /** Says what in the attributes means nothing, and what is wrong with the document that they name. */
  #notice(playground: Playground): void {
    const notices: Notice[] = [];
    const check = (attribute: string, known: readonly string[], used: string): void => {
      const value = this.getAttribute(attribute);
      if (value !== null && !known.includes(value)) notices.push({ kind: 'unknownValue', attribute, value, known, used });
    };
    check('mode', modes, this.mode);
    check('theme', themes, 'system');
    const lang = this.getAttribute('lang');
    if (lang !== null && !/^(en|ja)(-|$)/i.test(lang)) check('lang', Object.keys(languages), this.#languageWanted());
    playground.notices = [...notices, ...this.#ofSource];
  }

  #page(): string | null {
    const page = this.playground ?? VpcPlaygroundElement.page;
    if (page === null || !URL.canParse(page, document.baseURI)) return null;
    const { protocol, href } = new URL(page, document.baseURI);
    return /^(https?|file):$/.test(protocol) ? href.replace(/#.*/, '') : null;
  }

  #tell(event: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(event, { detail, bubbles: true, composed: true }));
  }
}

/** Registers the element, once, however often the script is on the page. */
export function defineElement(page: string | null = null): void {
  if (customElements.get(ELEMENT_NAME)) return;
  VpcPlaygroundElement.page = page;
  customElements.define(ELEMENT_NAME, VpcPlaygroundElement);
}
