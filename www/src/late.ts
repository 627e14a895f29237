/** What is fetched together when somebody does more than look: style and icons of late parts. */

import style from './late.css?inline';
import { icons } from './parts/icons';
import { lateIcons } from './parts/late-icons';

/** The style of the parts that are fetched when somebody opens them. */
export const lateSheet = new CSSStyleSheet();
lateSheet.replaceSync(style);

Object.assign(icons, lateIcons);
