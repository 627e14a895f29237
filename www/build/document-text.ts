/**
 * A document as JSON text, as the core writes it after an edit (`core/src/edit/write.rs`): whole and sections are
 * broken, what fits stands on one line. So the first edit changes the lines that it is about, and no others.
 */

const WIDTH = 100;

export const documentText = (document: unknown): string => `${write(document, 0, 0, 2)}\n`;

function write(value: unknown, depth: number, column: number, broken: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const list = Array.isArray(value);
  const parts: [string | null, unknown][] = list ? value.map((one: unknown) => [null, one]) : Object.entries(value);
  const scalars = list && (typeof value[0] !== 'object' || value[0] === null);
  const line = flat(value);
  if ((broken === 0 || parts.length === 0 || scalars) && [...line].length <= WIDTH - column) return line;
  const indent = '  '.repeat(depth + 1);
  const lines = parts.map(([name, part]) => {
    const key = name === null ? '' : `${JSON.stringify(name)}: `;
    return indent + key + write(part, depth + 1, indent.length + [...key].length + 1, list ? 0 : Math.max(broken - 1, 0));
  });
  const [open, close] = list ? '[]' : '{}';
  return `${open}\n${lines.join(',\n')}\n${indent.slice(2)}${close}`;
}

function flat(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(flat).join(', ')}]`;
  const fields = Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}: ${flat(field)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
