/** The engine module: loaded once for the page, and started again when it stops. */

import type { AnalysisRequest, AnalysisResponse } from '../types';
// The glue keeps its instance in module scope, so a fresh instance needs a fresh module: it is loaded by URL.
import glueUrl from '../wasm/pkg-engine/engine.js?url';
import moduleUrl from '../wasm/pkg-engine/engine_bg.wasm?url';

type Glue = typeof import('../wasm/pkg-engine/engine.js');

/** The engine trapped; a new instance is ready unless `cause` says why not. */
export class EngineStopped extends Error {
  constructor(cause: unknown) {
    super('the engine stopped', { cause });
  }
}

export class Engine {
  #glue: Glue;
  readonly #module: WebAssembly.Module;
  static #starts = 0;

  private constructor(glue: Glue, module: WebAssembly.Module) {
    this.#glue = glue;
    this.#module = module;
  }

  static async start(): Promise<Engine> {
    const module = await compile(moduleUrl);
    return new Engine(await Engine.#instance(module), module);
  }

  static async #instance(module: WebAssembly.Module): Promise<Glue> {
    const url = new URL(glueUrl, document.baseURI);
    if (Engine.#starts > 0) url.searchParams.set('start', String(Engine.#starts));
    Engine.#starts += 1;
    const glue = (await import(/* @vite-ignore */ url.href)) as Glue;
    await glue.default({ module_or_path: module });
    return glue;
  }

  /** Answers at once. @throws EngineStopped when the engine traps; call {@link restart} before the next question. */
  analyze(text: string, request: AnalysisRequest): AnalysisResponse {
    try {
      return this.#glue.analyze(text, request);
    } catch (error) {
      throw new EngineStopped(error);
    }
  }

  /** A trap leaves an instance in a state that nobody knows, so it is replaced. */
  async restart(): Promise<void> {
    this.#glue = await Engine.#instance(this.#module);
  }
}

async function compile(url: string): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  // Not every static host knows the type that streaming compilation asks for.
  return WebAssembly.compile(await response.arrayBuffer());
}

let shared: Promise<Engine> | undefined;

/** The engine that every element on the page shares. */
export function sharedEngine(): Promise<Engine> {
  shared ??= Engine.start().catch((error: unknown) => {
    shared = undefined;
    throw error;
  });
  return shared;
}
