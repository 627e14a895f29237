/** What is fetched when a pointer or the focus comes into the diagram, or the log runs. */

export { countDown } from './count-down';
export { related } from './diagram/relations';
export { dragging } from './editing/drag';
