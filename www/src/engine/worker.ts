/** Workers from files of their own. The offline script has them inside instead: worker.inline.ts. */
export const startImport = (): Worker => new Worker(new URL('./import.worker.ts', import.meta.url), { type: 'module' });
export const startRepair = (): Worker => new Worker(new URL('../cures/repair.worker.ts', import.meta.url), { type: 'module' });
