/** Workers inside the script, for pages that are opened as files. */

import RepairWorker from '../cures/repair.worker?worker&inline';
import ImportWorker from './import.worker?worker&inline';

export const startImport = (): Worker => new ImportWorker();
export const startRepair = (): Worker => new RepairWorker();
