/** What is fetched when a pointer or the focus comes into the diagram, somebody edits, or the log runs. */

export { countDown } from './count-down';
export { related } from './diagram/relations';
export { treeKeys } from './diagram/tree';
export { dragging } from './editing/drag';
