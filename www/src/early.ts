/**
 * Runs in the head of the site's page, before anything is painted: shows of the markup that the build wrote what suits the
 * visit, and lets the browser fetch at once what the page's script would ask for only when it runs.
 */

import { isTheme } from './attributes';
import { CLEAN, isLink } from './links/fragment';
import { stored } from './stored';
import { languageOfVisit } from './words/language';

const { documentElement: page, head } = document;
const { hash } = location;
const language = languageOfVisit();
const theme = stored.get('theme');

page.lang = language;
if (theme !== null && isTheme(theme)) page.dataset['theme'] = theme;
// What the address asks for is not what the markup shows.
if (isLink(hash) || hash === CLEAN) page.dataset['asks'] = '';

// With a link only the document tells which engine it takes, so what reads it comes first.
const files = __AHEAD__;
for (const href of files[isLink(hash) ? 'link' : language]) {
  const module = href.endsWith('.js');
  head.append(Object.assign(document.createElement('link'), { rel: module ? 'modulepreload' : 'preload', as: module ? '' : 'fetch', crossOrigin: '', href }));
}
