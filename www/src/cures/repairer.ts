/** The search for cures in its worker. Only the last question counts: an older one that still runs is given up. */

import { startRepair } from '../engine/worker';
import type { RepairRequest, Repairs } from '../types';

export interface RepairCall {
  readonly id: number;
  readonly text: string;
  readonly request: RepairRequest;
}

export interface RepairReply {
  readonly id: number;
  readonly repairs?: Repairs;
  readonly error?: string;
}

/** A search that is not wanted any more may go on as long as this, in milliseconds, before its worker is replaced. */
const PATIENCE = 400;

export class Repairer {
  #worker: Worker | undefined;
  #id = 0;
  #running = 0;
  #next: RepairCall | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tell: (repairs: Repairs | null) => void = () => {};

  /** Tells what was found, or null when the search failed; of questions that follow each other only the last is answered. */
  ask(text: string, request: RepairRequest, tell: (repairs: Repairs | null) => void): void {
    this.#id += 1;
    this.#tell = tell;
    this.#next = { id: this.#id, text, request };
    if (this.#running === 0) this.#send();
    else
      this.#timer ??= setTimeout(() => {
        this.stop();
        this.#send();
      }, PATIENCE);
  }

  #send(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const call = this.#next;
    this.#next = null;
    this.#running = call?.id ?? 0;
    if (!call) return;
    this.#worker ??= this.#start();
    this.#worker.postMessage(call);
  }

  #start(): Worker {
    const worker = startRepair();
    worker.addEventListener('message', ({ data }: MessageEvent<RepairReply>) => this.#hear(data.id, data.repairs ?? null));
    worker.addEventListener('error', () => this.#hear(this.#running, null));
    return worker;
  }

  #hear(id: number, repairs: Repairs | null): void {
    // A call that failed may have been a trap, after which the instance is not to be trusted.
    if (!repairs) this.stop();
    if (id === this.#id) this.#tell(repairs);
    this.#send();
  }

  /** Gives up what runs. */
  stop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}
