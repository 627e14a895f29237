/** The script that carries everything inside, so that it works from `file://` too. */

import { defineElement } from './element';

const { currentScript } = document;
const script = currentScript instanceof HTMLScriptElement ? currentScript.src : '';

defineElement(script && new URL('offline.html', script).href);
