/** What may stand at a place of the text, and what it means, from the document's JSON Schema. */

import { autocompletion, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { EditorState, Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import type { SyntaxNode } from '@lezer/common';

import type { DocumentSchema, SchemaNode, SchemaStart } from '../editing/schema';

export interface Known {
  readonly schema: DocumentSchema;
  /** Names in a section of the last text that was a document. */
  readonly names: (section: string) => readonly string[];
}

type Path = (string | number)[];

const VALUES = new Set(['String', 'Number', 'True', 'False', 'Null', 'Object', 'Array']);

function textOf(state: EditorState, node: SyntaxNode): string {
  const written = state.sliceDoc(node.from, node.to);
  try {
    return String(JSON.parse(written));
  } catch {
    return written.replace(/^"|"$/g, '');
  }
}

/** The keys that lead from the whole to a value. */
export function pathTo(state: EditorState, value: SyntaxNode | null): Path {
  const path: Path = [];
  for (let node = value; node; node = node.parent) {
    const { parent } = node;
    if (node.name === 'Property') {
      const name = node.getChild('PropertyName');
      if (name) path.unshift(textOf(state, name));
    } else if (parent?.name === 'Array') {
      let index = 0;
      for (let before = node.prevSibling; before; before = before.prevSibling) if (VALUES.has(before.name)) index += 1;
      path.unshift(index);
    }
  }
  return path;
}

const opening: Record<SchemaStart, string> = { list: '[]', object: '{}', text: '""', other: '' };

function keyOptions(state: EditorState, schema: SchemaNode, object: SyntaxNode, hasValue: boolean): Completion[] {
  const there = new Set(object.getChildren('Property').map((property) => property.getChild('PropertyName')).filter((name) => name !== null).map((name) => textOf(state, name)));
  return schema.properties
    .filter(({ name }) => !there.has(name))
    .map(({ name, description, starts }) => ({
      label: name,
      type: 'property',
      info: description.replaceAll('`', ''),
      apply(view, _, from, to) {
        const value = hasValue ? '' : `: ${opening[starts]}`;
        const insert = `${JSON.stringify(name)}${value}`;
        view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length - (hasValue || starts === 'other' ? 0 : 1) } });
      },
    }));
}

function valueOptions(schema: SchemaNode, sections: readonly string[], names: Known['names']): Completion[] {
  const literal = (word: string, type: string): Completion => ({ label: word, type, apply: schema.bare ? word : JSON.stringify(word) });
  return [...schema.words.map((word) => literal(word, 'enum')), ...sections.flatMap((section) => names(section).map((name) => ({ ...literal(name, 'variable'), apply: JSON.stringify(name), detail: section })))];
}

/** @returns null where nothing is known. */
export function complete(context: CompletionContext, { schema, names }: Known): CompletionResult | null {
  const { state, pos } = context;
  const inner = syntaxTree(state).resolveInner(pos, -1);
  // What is typed so far, with its quotes.
  const isText = (inner.name === 'String' || inner.name === 'PropertyName') && pos > inner.from;
  const typed = isText ? { from: inner.from, to: inner.to } : (context.matchBefore(/"?[\w.:/-]*$/) ?? { from: pos, to: pos });
  if (!context.explicit && typed.from === pos) return null;
  let holder: SyntaxNode | null = inner;
  while (holder && holder.name !== 'Object' && holder.name !== 'Array' && holder.name !== 'Property') holder = holder.parent;
  if (!holder) return null;
  if (inner.name === 'PropertyName' || (holder.name === 'Property' && !/:/.test(state.sliceDoc(holder.from, pos)))) {
    const object = holder.name === 'Property' ? holder.parent : holder;
    if (object?.name !== 'Object') return null;
    return at(pathTo(state, object), (found) => keyOptions(state, found, object, /^\s*:/.test(state.sliceDoc(typed.to, typed.to + 20))));
  }
  if (holder.name === 'Object') {
    const object = holder;
    return at(pathTo(state, object), (found) => keyOptions(state, found, object, false));
  }
  const path = pathTo(state, holder);
  return at(holder.name === 'Array' ? [...path, 0] : path, (found) => valueOptions(found, [...found.sections, ...(holder.name === 'Array' ? (schema.at(path)?.sections ?? []) : [])], names));

  function at(place: Path, options: (found: SchemaNode) => Completion[]): CompletionResult | null {
    const found = schema.at(place);
    const list = found ? options(found) : [];
    if (list.length === 0) return null;
    return { from: typed.from, to: typed.to, options: matching(list, state.sliceDoc(typed.from, pos)), filter: false };
  }
}

/** Words that contain what is typed, those that start with it first; quotes do not count. */
function matching(list: readonly Completion[], typed: string): Completion[] {
  const wanted = typed.replaceAll('"', '').toLowerCase();
  const starts = (one: Completion): boolean => one.label.toLowerCase().startsWith(wanted);
  const found = list.filter((one) => one.label.toLowerCase().includes(wanted));
  return [...found.filter(starts), ...found.filter((one) => !starts(one))];
}

/** What the place under the pointer means. */
const hover = ({ schema }: Known): Extension =>
  hoverTooltip((view, pos) => {
    let node: SyntaxNode | null = syntaxTree(view.state).resolveInner(pos, 1);
    const { from, to } = node;
    while (node && node.name !== 'Property' && !VALUES.has(node.name)) node = node.parent;
    const description = node && schema.at(pathTo(view.state, node))?.description;
    if (!description) return null;
    return {
      pos: from,
      end: to,
      above: true,
      create() {
        const dom = document.createElement('p');
        dom.className = 'cm-about';
        dom.textContent = description.replaceAll('`', '');
        return { dom };
      },
    };
  });

export const assistance = (known: Known): Extension => [
  autocompletion({ override: [(context) => complete(context, known)], icons: false, activateOnTyping: true }),
  hover(known),
];
