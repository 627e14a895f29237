/** The package's entry: registers the element, whose full playground is wherever the page says. */

import { defineElement } from './element';

defineElement();

export { defineElement, ELEMENT_NAME, VpcPlaygroundElement } from './element';
export type * from './public';
