/** Lets the browser fetch files that a script of the page will ask for. */
export function fetchAhead(files: readonly string[]): void {
  for (const href of files) {
    const module = href.endsWith('.js');
    document.head.append(Object.assign(document.createElement('link'), { rel: module ? 'modulepreload' : 'preload', as: module ? '' : 'fetch', crossOrigin: '', href }));
  }
}
