/**
 * The engine module: loaded once for the page, and started again when it stops.
 *
 * The first view has a module for what most documents are. What it leaves to the module with everything, it says, and from
 * then on that one answers.
 */

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

/** The answer needs the module with everything; call {@link Engine.grow} and ask again. */
export class EngineTooSmall extends Error {}

const loadFirst = (language: Language): Promise<Loaded<Glue>> =>
  language === 'ja' ? load<Glue>(import('../wasm/pkg-engine-ja/engine-ja.js?fresh'), japanese) : load<Glue>(import('../wasm/pkg-engine/engine.js?fresh'), english);

const loadWhole = async (language: Language): Promise<Loaded<Glue>> => (await import('./whole')).load(language);

/** Whether engines start with everything: what carries all modules inside has no use for a part, and one document that needed it is likely followed by others. */
let everything = __STANDALONE__;

/** Engines that start from now on have everything. */
export const startWhole = (): boolean => (everything = true);

export class Engine {
  #glue!: Glue;
  #loaded!: Loaded<Glue>;
  #growing: Promise<void> | undefined;

  private constructor(private readonly language: Language) {}

  static async start(language: Language): Promise<Engine> {
    const engine = new Engine(language);
    await (everything ? engine.grow() : engine.#take(loadFirst(language)));
    return engine;
  }

  /** Loads the module with everything, which answers from then on. */
  grow(): Promise<void> {
    everything = true;
    return (this.#growing ??= this.#take(loadWhole(this.language)).catch((error: unknown) => {
      this.#growing = undefined;
      throw error;
    }));
  }

  async #take(loading: Promise<Loaded<Glue>>): Promise<void> {
    const loaded = await loading;
    this.#glue = await instance(loaded);
    this.#loaded = loaded;
  }

  /**
   * Answers at once.
   * @throws EngineStopped when the engine traps; call {@link restart} before the next question.
   * @throws EngineTooSmall when only the module with everything can answer.
   */
  analyze(text: string, request: AnalysisRequest): AnalysisResponse {
    let response;
    try {
      response = this.#glue.analyze(text, request);
    } catch (error) {
      throw new EngineStopped(error);
    }
    if (!response) throw new EngineTooSmall();
    return response;
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
