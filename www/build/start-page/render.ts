/** Runs on the build's side: the start page as the app draws it first, for a canvas of any width. */

import { render } from 'svelte/server';

import App from '../../src/App.svelte';
import { FIRST_CASE } from '../../src/cases';
import { Playground } from '../../src/playground.svelte';
import still from '../../src/still.css?inline';
import style from '../../src/style.css?inline';
import { languages, loadWords, type Language } from '../../src/words';
import { pageWords } from '../../src/words/page';

export { languages, pageWords };

/** The app's style, with what is different as long as there is no app. */
export const styles = style + still;

/** Gives what writes the app's markup, for a canvas that is so many CSS pixels wide. */
export async function open(language: Language): Promise<(width: number) => string> {
  const p = new Playground(language, await loadWords(language));
  await p.openCase(FIRST_CASE);
  if (!p.check) throw new Error('the start page has no answer');
  return (width) => {
    p.room = width;
    return render(App, { props: { p } }).body;
  };
}
