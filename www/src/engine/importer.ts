/** What a page needs only when a person brings YAML or AWS CLI output; its module is loaded then. */

import type { Converted, Imported, ImportOptions } from '../types';
import type { Language } from '../words';
import { startImport } from './worker';

export interface NamedFile {
  readonly name: string;
  readonly file: Blob;
}

export interface Collecting {
  readonly script: string;
  readonly policy: string;
}

type Call =
  | { readonly name: 'importFiles'; readonly files: readonly NamedFile[]; readonly language: Language; readonly options: ImportOptions }
  | { readonly name: 'yamlToJson'; readonly text: string; readonly language: Language }
  | { readonly name: 'collectScript' };

export interface ImportCall {
  readonly id: number;
  readonly call: Call;
}

export interface ImportReply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

export class Importer {
  #worker: Worker | undefined;
  #next = 0;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();

  importFiles(files: readonly NamedFile[], language: Language, options: ImportOptions = {}): Promise<Imported> {
    return this.#ask({ name: 'importFiles', files, language, options }) as Promise<Imported>;
  }

  yamlToJson(text: string, language: Language): Promise<Converted> {
    return this.#ask({ name: 'yamlToJson', text, language }) as Promise<Converted>;
  }

  collecting(): Promise<Collecting> {
    return this.#ask({ name: 'collectScript' }) as Promise<Collecting>;
  }

  /** Gives up what runs; the next call starts afresh. */
  stop(reason = 'stopped'): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const waiting of this.#waiting.values()) waiting.reject(new Error(reason));
    this.#waiting.clear();
  }

  #ask(call: Call): Promise<unknown> {
    const worker = (this.#worker ??= this.#start());
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, call } satisfies ImportCall);
    });
  }

  #start(): Worker {
    const worker = startImport();
    worker.addEventListener('message', (event: MessageEvent<ImportReply>) => {
      const { id, result, error } = event.data;
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) {
        waiting?.resolve(result);
        return;
      }
      waiting?.reject(new Error(error));
      // A call that failed may have been a trap, after which the instance is not to be trusted.
      this.stop(error);
    });
    worker.addEventListener('error', (event) => this.stop(event.message));
    return worker;
  }
}
