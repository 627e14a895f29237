/** Styles of parts that are fetched when somebody opens them. */

/** Gives back what brings the style into the element that a node is in, once. */
export function adopting(style: string): (node: Node) => void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(style);
  return (node) => {
    const root = node.getRootNode() as ShadowRoot;
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  };
}
