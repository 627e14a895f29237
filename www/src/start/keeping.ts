/** Keeps what the person works on a moment after the last change, and at once when the page may go away. */

import { keep, type Refusal } from './kept';
import type { Source } from '../playground.svelte';

/** In milliseconds. */
const PAUSE = 800;

export interface Work {
  readonly source: Source;
  readonly name: string;
  readonly text: string;
}

export class Keeping {
  readonly #tell: (refusal: Refusal | null) => void;
  /** One entry for each document that was opened, however often it changes. */
  readonly #ids = new WeakMap<Source, string>();
  #waiting: Work | null = null;
  #saving: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (refusal: Refusal | null) => void) {
    this.#tell = tell;
    document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && void this.flush());
  }

  note(work: Work): void {
    if (this.#waiting && this.#waiting.source !== work.source) void this.flush();
    this.#waiting = work;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), PAUSE);
  }

  /** Keeps at once what waits; done when it is kept. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    const work = this.#waiting;
    this.#waiting = null;
    if (work) {
      const { source, name, text } = work;
      const changed = Date.now();
      this.#saving = this.#saving.then(async () => this.#tell(await keep({ id: this.#idOf(source), name, text, changed })));
    }
    return this.#saving;
  }

  #idOf(source: Source): string {
    const id = source.kind === 'own' ? source.id : (this.#ids.get(source) ?? `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`);
    this.#ids.set(source, id);
    return id;
  }
}
