/** Scenarios arrive as JSON text; see vite.config.ts. */
declare module '*.yaml' {
  const text: string;
  export default text;
}
