/** What a page that embeds the element may use; its declarations are the types of the npm package. */

import type { Mode, Theme } from './attributes';
import type { Check } from './types';

export type { Mode, Theme } from './attributes';
export type { Check, Verdict } from './types';

/** Detail of the event `change`: the document was changed, by whatever means. */
export interface ChangeDetail {
  /** The document as it stands in the text pane: JSON or YAML, and not always valid. */
  readonly text: string;
}

/** Detail of the event `verdict`: there is a new answer; null when nothing is asked. */
export type VerdictDetail = Check | null;

export interface VpcPlaygroundEventMap extends HTMLElementEventMap {
  change: CustomEvent<ChangeDetail>;
  verdict: CustomEvent<VerdictDetail>;
}

/** The element `<vpc-playground>`. Each attribute has a property of the same name. */
export interface VpcPlayground extends HTMLElement {
  /** What it shows: `view` (default), `try` or `full`. */
  mode: Mode;
  /** Address of a document, or of AWS CLI output; null for none. */
  src: string | null;
  /** Name of a case of the gallery; null for none. */
  scenario: string | null;
  /** `system`, `light` or `dark`; null for that of the page around it. */
  theme: Theme | null;
  /** Address of the full playground, which `try` and `view` link to; null for that of the site the script is from. */
  playground: string | null;
  /** The document; setting it is a change like one by hand. */
  text: string;
  /** The answer that is shown, if any. */
  readonly check: Check | null;
  addEventListener<K extends keyof VpcPlaygroundEventMap>(type: K, listener: (this: VpcPlayground, event: VpcPlaygroundEventMap[K]) => unknown, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof VpcPlaygroundEventMap>(type: K, listener: (this: VpcPlayground, event: VpcPlaygroundEventMap[K]) => unknown, options?: boolean | EventListenerOptions): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'vpc-playground': VpcPlayground;
  }
}
