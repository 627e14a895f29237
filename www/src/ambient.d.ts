/** Scenarios arrive as JSON text; see vite.config.ts. */
declare module '*.yaml' {
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
