/** Documents that a page opens by name: the scenarios of the gallery, and an empty start. */

import type { Texts } from './start/gallery';
import type { AnalysisResponse } from './types';
import type { Language } from './words';

/** The article's time-out, which a page starts with. */
export const FIRST_CASE = 'article/internet-gateway-only';

/** Opens an empty start, and never anything that was stored. */
export const NEW = 'new';

export interface Case {
  readonly name: string;
  readonly title: Texts;
  /** The document as JSON text. */
  readonly text: string;
  /** What the engine says of it when nothing else is asked, for who cannot wait until the engine is loaded. */
  readonly answer?: AnalysisResponse;
}

/** The case of that name, whose folder need not be said; undefined when there is none. */
export async function loadCase(wanted: string, language: Language): Promise<Case | undefined> {
  if (wanted !== FIRST_CASE) return (await import('./start/gallery')).caseOf(wanted);
  return (await (language === 'ja' ? import('./start/first-ja') : import('./start/first-en'))).first;
}
