/**
 * Runs in the head of the site's page, before anything is painted: shows of the markup that the build wrote what suits the
 * visit, and lets the browser fetch at once what the page's script would ask for only when it runs.
 */

import { isTheme } from './attributes';
import { fetchAhead } from './fetch-ahead';
import { CLEAN, isLink } from './links/fragment';
import { stored } from './stored';
import { languageOfVisit } from './words/language';

const { documentElement: page, head } = document;
const files = __AHEAD__;
const { hash } = location;
const language = languageOfVisit();
const theme = stored.get('theme');
const { plain, whole } = files.engines[language];

page.lang = language;
if (theme !== null && isTheme(theme)) page.dataset['theme'] = theme;
// What the address asks for is not what the markup shows.
if (isLink(hash) || hash === CLEAN) page.dataset['asks'] = '';

if (isLink(hash)) {
  // Only the document tells which engine it takes.
  const script = Object.assign(document.createElement('script'), { type: 'module', async: true, crossOrigin: '', src: files.script });
  script.dataset['plain'] = plain.join(' ');
  script.dataset['whole'] = whole.join(' ');
  head.append(script);
  fetchAhead(files.link);
} else {
  fetchAhead(plain);
}
