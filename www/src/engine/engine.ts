/** The engine module: loaded once for the page, and started again when it stops. */

import type { AnalysisRequest, AnalysisResponse } from '../types';
import moduleUrl from '../wasm/pkg-engine/engine_bg.wasm?url';
import { instance, load, type Loaded } from './wasm';

type Glue = typeof import('../wasm/pkg-engine/engine.js');

/** The engine trapped; a new instance is ready unless `cause` says why not. */
export class EngineStopped extends Error {
  constructor(cause: unknown) {
    super('the engine stopped', { cause });
  }
}

export class Engine {
  #glue: Glue;
  readonly #loaded: Loaded<Glue>;

  private constructor(glue: Glue, loaded: Loaded<Glue>) {
    this.#glue = glue;
    this.#loaded = loaded;
  }

  static async start(): Promise<Engine> {
    const loaded = await load<Glue>(import('../wasm/pkg-engine/engine.js?fresh'), moduleUrl);
    return new Engine(await instance(loaded), loaded);
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
    this.#glue = await instance(this.#loaded);
  }
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
