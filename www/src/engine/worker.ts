/** The import's worker, from its own file. The offline script has it inside instead: worker.inline.ts. */
export const startWorker = (): Worker => new Worker(new URL('./import.worker.ts', import.meta.url), { type: 'module' });
