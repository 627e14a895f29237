/** The gallery, each entry with its document; see build/plugins.ts. */
declare module '*/tests/gallery.yaml' {
  const entries: import('./start/gallery').Situation[];
  export default entries;
}

/** Lessons, each with its document; see build/plugins.ts. */
declare module '*/tests/lessons/*.yaml' {
  const lesson: import('./start/lessons').Lesson;
  export default lesson;
}

/** Situations of the gallery arrive with what the engine of this build says of them; see build/plugins.ts. */
declare module '*.yaml?answered=en' {
  const answered: import('./cases').Case;
  export default answered;
}
declare module '*.yaml?answered=ja' {
  const answered: import('./cases').Case;
  export default answered;
}

/** The glue of a wasm module as a function that makes a new one; see build/plugins.ts. */
declare module '*.js?fresh' {
  const create: () => unknown;
  export default create;
}

/** Whether this build carries its wasm modules inside; see vite.offline.config.ts. */
declare const __STANDALONE__: boolean;

/** Files that the site's page needs first, without a link in its address and with one; see build/start-page. */
declare const __AHEAD__: Readonly<Record<import('./words/language').Language | 'link', readonly string[]>>;
