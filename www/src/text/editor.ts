/** The text editor, loaded when somebody opens the text. */

import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics, type Diagnostic as Mark } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';

import type { Diagnostic } from '../types';
import { assistance, type Known } from './completion';
import { rangeOf } from './places';

export interface Editor {
  /** Takes over a text from elsewhere, and marks what is wrong with it. */
  show(text: string, diagnostics: readonly Diagnostic[]): void;
  close(): void;
}

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--ink)', fontWeight: '600' },
  { tag: [tags.string, tags.number, tags.bool, tags.null], color: 'var(--ink-2)' },
  { tag: [tags.separator, tags.squareBracket, tags.brace], color: 'var(--ink-3)' },
]);

const theme = EditorView.theme({
  '&': { height: '100%', fontSize: '12px', color: 'var(--ink)', backgroundColor: 'var(--panel)' },
  '&.cm-focused': { outline: '2px solid var(--ink)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '18px' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--panel)', color: 'var(--ink-3)', border: 'none' },
  '.cm-activeLine': { backgroundColor: 'var(--shade)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--edge)' },
  '.cm-tooltip': { backgroundColor: 'var(--panel)', color: 'var(--ink)', border: '1px solid var(--edge)', borderRadius: '6px', maxWidth: '340px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '240px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px', lineHeight: '18px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--ink)', color: 'var(--on-ink)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '600' },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.75' },
  '.cm-tooltip.cm-completionInfo': { padding: '4px 8px', fontFamily: 'var(--sans)', fontSize: '12px', maxWidth: '260px' },
  '.cm-about': { padding: '4px 8px', fontFamily: 'var(--sans)', fontSize: '12px', whiteSpace: 'pre-line' },
  '.cm-diagnostic': { fontFamily: 'var(--sans)', fontSize: '13px', padding: '4px 8px', borderLeft: '0' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--blocked)' },
  '.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy var(--partly)' },
  '.cm-lintRange-info': { backgroundImage: 'none', textDecoration: 'underline dotted var(--line)' },
});

const severity = { error: 'error', warning: 'warning', note: 'info' } as const;

/** The stretch in which two texts differ, so that the cursor stays where nothing changed. */
function difference(before: string, after: string): { from: number; to: number; insert: string } {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from += 1;
  let tail = 0;
  while (tail < most - from && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) };
}

export interface EditorOptions {
  readonly text: string;
  /** What is selected from the start, by somebody who writes already; null: nobody does. */
  readonly selection: { readonly anchor: number; readonly head: number } | null;
  readonly label: string;
  /** What completion and hover know; null: the schema could not be loaded. */
  readonly known: Known | null;
  readonly onChange: (text: string) => void;
  readonly onHistory: (way: 'undo' | 'redo') => void;
}

export function openEditor(host: HTMLElement, { text, selection, label, known, onChange, onHistory }: EditorOptions): Editor {
  const view = new EditorView({
    parent: host,
    root: host.getRootNode() as ShadowRoot,
    state: EditorState.create({
      doc: text,
      ...(selection && { selection }),
      extensions: [
        lineNumbers(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        highlightActiveLine(),
        json(),
        syntaxHighlighting(colours),
        lintGutter(),
        known ? assistance(known) : [],
        theme,
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, indentWithTab]),
        closeBrackets(),
        // The page has one history for text and gestures; keys reach it by themselves, a menu's undo comes this way.
        EditorView.domEventHandlers({
          beforeinput(event) {
            const way = event.inputType === 'historyUndo' ? 'undo' : event.inputType === 'historyRedo' ? 'redo' : null;
            if (way) onHistory(way);
            return way !== null;
          },
        }),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  if (selection) view.focus();
  return {
    show(next, diagnostics) {
      const current = view.state.doc.toString();
      if (current !== next) view.dispatch({ changes: difference(current, next) });
      const marks: Mark[] = diagnostics
        .filter((diagnostic) => diagnostic.file === null)
        .map((diagnostic) => ({ ...rangeOf(next, diagnostic), severity: severity[diagnostic.severity], message: [diagnostic.message, diagnostic.help].filter(Boolean).join(' ') }));
      view.dispatch(setDiagnostics(view.state, marks));
    },
    close: () => view.destroy(),
  };
}
