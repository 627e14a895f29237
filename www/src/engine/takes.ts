/** Fields that the engine of the first view leaves to the one with everything. */

import left from './left.json';

const LEFT = new RegExp(`"(?:${left.join('|')})"\\s*:`);

/** Whether the document looks as if it took the engine with everything. */
export const takesEverything = (text: string): boolean => LEFT.test(text);
