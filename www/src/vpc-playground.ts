/** The script that a page loads to have the element; the full playground is the page of the site that it is from. */

import { defineElement } from './element';

defineElement(import.meta.url.replace(/[^/]*$/, ''));
