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

/** Scenarios arrive as JSON text; see build/plugins.ts. */
declare module '*/internet-gateway-only.yaml' {
  const text: string;
  export default text;
}

/** The glue of a wasm module as a function that makes a new one; see build/plugins.ts. */
declare module '*.js?fresh' {
  const create: () => unknown;
  export default create;
}

/** Whether this build carries its wasm modules inside; see vite.offline.config.ts. */
declare const __STANDALONE__: boolean;
