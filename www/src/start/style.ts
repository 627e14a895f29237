import style from './start.css?inline';

const sheet = new CSSStyleSheet();
sheet.replaceSync(style);

/** Brings the style of these parts into the element that the node is in. */
export function adoptStyle(node: Node): void {
  const root = node.getRootNode() as ShadowRoot;
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
