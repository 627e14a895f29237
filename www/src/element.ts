/** The custom element `<vpc-playground>`: an open shadow root with the whole playground inside. */

import { mount, unmount } from 'svelte';

import App from './App.svelte';
import { Playground, type Theme } from './playground.svelte';
import { stored } from './stored';
import style from './style.css?inline';
import { loadWords, preferredLanguage } from './words';

/** The one place that knows the element's name. */
export const ELEMENT_NAME = 'vpc-playground';

const isTheme = (text: string | null): text is Theme => text === 'system' || text === 'light' || text === 'dark';

export class VpcPlaygroundElement extends HTMLElement {
  #stop: (() => void) | undefined;

  connectedCallback(): void {
    if (this.#stop) return;
    let gone = false;
    this.#stop = () => (gone = true);
    void this.#start().then((stop) => {
      if (gone) stop();
      else this.#stop = stop;
    });
  }

  disconnectedCallback(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  async #start(): Promise<() => void> {
    const wanted = this.getAttribute('lang') ?? stored.get('language');
    const language = preferredLanguage(wanted === null ? navigator.languages : [wanted]);
    const playground = new Playground(language, await loadWords(language), (check) => {
      this.dispatchEvent(new CustomEvent('verdict', { detail: check, bubbles: true, composed: true }));
    });
    const theme = this.getAttribute('theme') ?? stored.get('theme');
    if (isTheme(theme)) playground.theme = theme;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    const app = mount(App, { target: root, props: { p: playground } });
    await Promise.all([playground.openCase(this.getAttribute('case') ?? 'internet-gateway-only'), playground.start()]);
    return () => void unmount(app);
  }
}

/** Registers the element, once, however often the script is on the page. */
export function defineElement(): void {
  if (!customElements.get(ELEMENT_NAME)) customElements.define(ELEMENT_NAME, VpcPlaygroundElement);
}
