/** Runs beside the page's script when the page is opened with a link: lets the browser fetch the engine that its document takes. */

import { takesEverything } from './engine/takes';
import { fetchAhead } from './fetch-ahead';
import { decodeLink } from './links/link';

// src/early.ts knows what the files are called.
const { plain = '', whole = '' } = document.querySelector<HTMLElement>('script[data-plain]')?.dataset ?? {};
// When the page's script was faster, it is about to fetch the engine itself.
if (document.querySelector('[address]:not(:defined)')) {
  try {
    fetchAhead((takesEverything(decodeLink(location.hash).text) ? whole : plain).split(' '));
  } catch {
    // The page says what is wrong with the link.
  }
}
