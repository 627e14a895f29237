/** Looks for cures away from the page's own thread, so that no key waits for the search. */

import { instance, load } from '../engine/wasm';
import create from '../wasm/pkg-repair/repair.js?fresh';
import moduleUrl from '../wasm/pkg-repair/repair_bg.wasm?url';
import type { RepairCall, RepairReply } from './repairer';

const ready = load<typeof import('../wasm/pkg-repair/repair.js')>({ default: create }, moduleUrl).then(instance);

self.addEventListener('message', async ({ data: { id, text, request } }: MessageEvent<RepairCall>) => {
  const reply = (answer: RepairReply): void => self.postMessage(answer);
  try {
    reply({ id, repairs: (await ready).repair(text, request) });
  } catch (error) {
    reply({ id, error: String(error) });
  }
});
