/** What is fetched together when somebody does more than look: style of late parts, keys, relations, import. */

import style from './late.css?inline';

export { related } from './diagram/relations';
export { countDown } from './count-down';
export { treeKeys } from './diagram/tree';
export { dragging } from './editing/drag';
export { Importer } from './engine/importer';
export { droppedFiles } from './files';
export { importAgain, importFiles } from './import-files';

/** The style of the parts that are fetched when somebody opens them. */
export const lateSheet = new CSSStyleSheet();
lateSheet.replaceSync(style);
