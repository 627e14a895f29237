/** The engine module: loaded once for the page, and started again when it stops. */

import type { AnalysisRequest, AnalysisResponse } from '../types';
import english from '../wasm/pkg-engine/engine_bg.wasm?url';
import japanese from '../wasm/pkg-engine-ja/engine-ja_bg.wasm?url';
import type { Language } from '../words';
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

  static async start(language: Language): Promise<Engine> {
    const loaded = await (language === 'ja'
      ? load<Glue>(import('../wasm/pkg-engine-ja/engine-ja.js?fresh'), japanese)
      : load<Glue>(import('../wasm/pkg-engine/engine.js?fresh'), english));
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

const shared = new Map<Language, Promise<Engine>>();

/** The engine that every element on the page shares, which answers in that language only. */
export function sharedEngine(language: Language): Promise<Engine> {
  let engine = shared.get(language);
  if (!engine) {
    engine = Engine.start(language).catch((error: unknown) => {
      shared.delete(language);
      throw error;
    });
    shared.set(language, engine);
  }
  return engine;
}
