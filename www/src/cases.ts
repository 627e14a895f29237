/** Documents that a page opens by name: the scenarios of the gallery, and an empty start. */

import type { Texts } from './start/gallery';

/** The article's time-out, which a page starts with. */
export const FIRST_CASE = 'article/internet-gateway-only';

/** Opens an empty start, and never anything that was stored. */
export const NEW = 'new';

export interface Case {
  readonly name: string;
  readonly title: Texts;
  /** The document as JSON text. */
  readonly text: string;
}

/** The case of that name, whose folder need not be said; undefined when there is none. */
export const loadCase = (wanted: string): Promise<Case | undefined> =>
  wanted === FIRST_CASE ? import('./start/first').then(({ first }) => first) : import('./start/gallery').then(({ caseOf }) => caseOf(wanted));
