/** Markup as a tree: just enough of HTML for what Svelte writes on a server, which closes every element. */

export interface Element {
  readonly tag: string;
  readonly attributes: Map<string, string>;
  children: Node[];
}

export type Node = Element | string;

export const isElement = (node: Node): node is Element => typeof node !== 'string';

/** Texts keep their character references; comments, with which Svelte marks its blocks, go. */
export function parse(html: string): Node[] {
  const root: Element = { tag: '', attributes: new Map(), children: [] };
  const open = [root];
  for (const [, comment, closed, tag, attributes, text] of html.matchAll(/(<!--.*?-->)|<\/(\w+)>|<(\w+)((?:"[^"]*"|[^">])*)>|([^<]+)/g)) {
    const parent = open.at(-1) ?? root;
    if (comment !== undefined) continue;
    if (text !== undefined) {
      // Between elements Svelte leaves one space at most, and two texts that meet are one.
      const before = parent.children.at(-1);
      if (typeof before === 'string') parent.children[parent.children.length - 1] = `${before}${text}`.replace(/^ +$/, ' ');
      else parent.children.push(text);
    } else if (closed !== undefined) {
      if (parent.tag !== closed) throw new Error(`</${closed}> closes <${parent.tag}>`);
      open.pop();
    } else if (tag !== undefined) {
      const element: Element = { tag, attributes: new Map([...(attributes ?? '').matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value])), children: [] };
      parent.children.push(element);
      open.push(element);
    }
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.tag}> is not closed`);
  return root.children;
}

export function print(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (!isElement(node)) return node;
      const attributes = [...node.attributes].map(([name, value]) => (value === '' ? ` ${name}` : ` ${name}="${value}"`)).join('');
      return `<${node.tag}${attributes}>${print(node.children)}</${node.tag}>`;
    })
    .join('');
}

/** The elements among the nodes and in them, from the outside in. */
export function* within(nodes: readonly Node[]): Generator<Element> {
  for (const node of nodes) {
    if (!isElement(node)) continue;
    yield node;
    yield* within(node.children);
  }
}

export const classesOf = (element: Element): string[] => (element.attributes.get('class') ?? '').split(/\s+/).filter((name) => name !== '');

export function addClass(element: Element, name: string): void {
  element.attributes.set('class', [...classesOf(element), name].join(' '));
}

/** The first element with that class. */
export function find(nodes: readonly Node[], name: string): Element {
  for (const element of within(nodes)) if (classesOf(element).includes(name)) return element;
  throw new Error(`nothing has the class ${name}`);
}
