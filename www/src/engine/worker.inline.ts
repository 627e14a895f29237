/** The import's worker inside the script, for pages that are opened as files. */

import ImportWorker from './import.worker?worker&inline';

export const startWorker = (): Worker => new ImportWorker();
