/** The custom element `<vpc-reach>`: an open shadow root with the whole playground inside. */

import { mount, unmount } from 'svelte';

import App from './App.svelte';
import { Playground, type Theme } from './playground.svelte';
import style from './style.css?inline';
import { preferredLanguage } from './words';
import { stored } from './stored';

/** The one place that knows the element's name. */
export const ELEMENT_NAME = 'vpc-reach';

const isTheme = (text: string | null): text is Theme => text === 'system' || text === 'light' || text === 'dark';

export class VpcReachElement extends HTMLElement {
  #app: Record<string, unknown> | undefined;

  connectedCallback(): void {
    if (this.#app) return;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    const playground = new Playground((check) => {
      this.dispatchEvent(new CustomEvent('verdict', { detail: check, bubbles: true, composed: true }));
    });
    const lang = this.getAttribute('lang') ?? stored.get('language');
    playground.language = preferredLanguage(lang === null ? navigator.languages : [lang]);
    const theme = this.getAttribute('theme') ?? stored.get('theme');
    if (isTheme(theme)) playground.theme = theme;
    this.#app = mount(App, { target: root, props: { p: playground } });
    playground.openCase(this.getAttribute('case') ?? 'internet-gateway-only');
    void playground.start();
  }

  disconnectedCallback(): void {
    if (this.#app) void unmount(this.#app);
    this.#app = undefined;
    this.shadowRoot?.replaceChildren();
  }
}

/** Registers the element, once, however often the script is on the page. */
export function defineElement(): void {
  if (!customElements.get(ELEMENT_NAME)) customElements.define(ELEMENT_NAME, VpcReachElement);
}
