/** Wasm modules: loaded once, and as many instances of them as traps make necessary. */

/** What `wasm-bindgen` makes with `--target web`, as far as this file uses it. */
interface Glue {
  default(options: { module_or_path: WebAssembly.Module }): Promise<unknown>;
}

/** A compiled module with the maker of its glue. */
export interface Loaded<G extends Glue> {
  readonly create: () => G;
  readonly module: WebAssembly.Module;
}

/** Loads glue and module together. `glue` is an import of `….js?fresh`, `url` one of `….wasm?url`. */
export async function load<G extends Glue>(glue: Promise<{ default: () => unknown }> | { default: () => unknown }, url: string): Promise<Loaded<G>> {
  const [{ default: create }, module] = await Promise.all([glue, compile(url)]);
  return { create: create as () => G, module };
}

/** A new instance, with nothing left of earlier ones. */
export async function instance<G extends Glue>({ create, module }: Loaded<G>): Promise<G> {
  const glue = create();
  await glue.default({ module_or_path: module });
  return glue;
}

async function compile(url: string): Promise<WebAssembly.Module> {
  if (__STANDALONE__) {
    const packed = Uint8Array.from(atob(url), (letter) => letter.charCodeAt(0));
    const bytes = new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip')));
    return WebAssembly.compile(await bytes.arrayBuffer());
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  // Not every static host knows the type that streaming compilation asks for.
  if (response.headers.get('content-type') !== 'application/wasm') return WebAssembly.compile(await response.arrayBuffer());
  return WebAssembly.compileStreaming(response);
}
