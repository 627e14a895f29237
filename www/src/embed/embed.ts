/** The element inside somebody else's page: modes `view` and `try`. Fetched by elements in these modes. */

import { lateSheet } from '../late';
import style from './embed.css?inline';

export { default as Embed } from './Embed.svelte';

const embedSheet = new CSSStyleSheet();
embedSheet.replaceSync(style);

/** In the order in which they override each other. */
export const embedSheets: readonly CSSStyleSheet[] = [lateSheet, embedSheet];
