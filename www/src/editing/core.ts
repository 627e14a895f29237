/** The module that applies steps to a document's text; loaded when somebody edits, and never needed for an answer. */

import { instance, load, type Loaded } from '../engine/wasm';
import type { Applied, Edit, Proposal, Proposed } from '../types';
import moduleUrl from '../wasm/pkg-edit/edit_bg.wasm?url';
import type { Language } from '../words';

type Glue = typeof import('../wasm/pkg-edit/edit.js');

export class Core {
  #glue: Glue;
  readonly #loaded: Loaded<Glue>;

  private constructor(glue: Glue, loaded: Loaded<Glue>) {
    this.#glue = glue;
    this.#loaded = loaded;
  }

  static async start(): Promise<Core> {
    const loaded = await load<Glue>(import('../wasm/pkg-edit/edit.js?fresh'), moduleUrl);
    return new Core(await instance(loaded), loaded);
  }

  applyEdit(text: string, edit: Edit, lang: Language): Promise<Applied> {
    return this.#call((glue) => glue.applyEdit(text, edit, lang));
  }

  propose(text: string, proposal: Proposal, lang: Language): Promise<Proposed> {
    return this.#call((glue) => glue.propose(text, proposal, lang));
  }

  /** After a trap an instance is in a state that nobody knows, so the next call gets a new one. */
  async #call<T>(ask: (glue: Glue) => T): Promise<T> {
    try {
      return ask(this.#glue);
    } catch (error) {
      this.#glue = await instance(this.#loaded);
      throw error;
    }
  }
}

let shared: Promise<Core> | undefined;

/** The module that every element on the page shares. */
export function sharedCore(): Promise<Core> {
  shared ??= Core.start().catch((error: unknown) => {
    shared = undefined;
    throw error;
  });
  return shared;
}
