/** The style of forms, menus and the line that says what changed. */

import style from './editing.css?inline';

const sheet = new CSSStyleSheet();
sheet.replaceSync(style);

/** Gives the element that holds the node the style, once. */
export function adopt(node: HTMLElement): void {
  const root = node.getRootNode() as ShadowRoot;
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
