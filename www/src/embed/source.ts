/** Opens what an element's attributes and content say: by address, by name, or inline. */

import { foresee } from '../engine/foresee';
import type { Notice } from '../notices';
import { isEmptyDocument, type Playground } from '../playground.svelte';

export interface Wanted {
  readonly src: string | null;
  readonly scenario: string | null;
  readonly inline: HTMLScriptElement | null;
}

/** The types of inline documents; none of them is run as a script. */
const TYPES = /^(?:application|text)\/(?:json|yaml|x-yaml)$/i;

/** `current` tells whether nothing else was opened in the meantime. Gives back what is wrong. */
export async function openSource(playground: Playground, { src, scenario, inline }: Wanted, current: () => boolean): Promise<Notice[]> {
  if (src !== null) return openAddress(playground, src, current);
  if (scenario !== null) {
    if (await playground.openCase(scenario)) {
      foresee(playground.text);
      return [];
    }
    const { situations } = await import('../start/gallery');
    return [{ kind: 'unknownValue', attribute: 'scenario', value: scenario, known: situations.map((one) => one.scenario.replace(/.*\//, '')), used: null }];
  }
  if (inline === null) return [{ kind: 'noSource' }];
  if (!TYPES.test(inline.type)) return [{ kind: 'unknownType', value: inline.type }];
  foresee(inline.text);
  playground.open(unindented(inline.text), { kind: 'document', name: titleOf(inline.text) });
  return [];
}

async function openAddress(playground: Playground, src: string, current: () => boolean): Promise<Notice[]> {
  const failed = (reason: string): Notice[] => [{ kind: 'sourceFailed', url: src, reason }];
  if (!URL.canParse(src, document.baseURI)) return failed('');
  const url = new URL(src, document.baseURI);
  let file: Blob;
  try {
    const response = await fetch(url);
    if (!response.ok) return failed(`${response.status} ${response.statusText}`.trim());
    file = await response.blob();
  } catch (error) {
    return failed(error instanceof Error ? error.message : '');
  }
  if (!current()) return [];
  const name = decodeURIComponentOr(url.pathname.split('/').at(-1) ?? '');
  const text = await file.text();
  // What is a document opens as it is, with its mistakes; everything else goes the way of imported files.
  if (/^\s*[{[]/.test(text) ? !isEmptyDocument(text) : /^(?:vpcs|subnets|functions|buckets|expect)\s*:/m.test(text)) {
    foresee(text);
    playground.open(text, { kind: 'document', name: titleOf(text) || name });
    return [];
  }
  const { importFiles } = await import('../importing');
  await importFiles(playground, [{ name, file }]);
  if (playground.importFailed === null) return [];
  playground.importing = 'closed';
  playground.importFailed = null;
  return [{ kind: 'sourceNotDocument', url: src }];
}

function decodeURIComponentOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The document's own title. */
export function titleOf(text: string): string {
  try {
    const title: unknown = (JSON.parse(text) as { title?: unknown } | null)?.title;
    return typeof title === 'string' ? title : '';
  } catch {
    return /^title: *(?!>|\||['"&*])(.+)$/m.exec(text)?.[1] ?? '';
  }
}

/** Without the indentation that the page around it gave a document. */
function unindented(text: string): string {
  const lines = text.replace(/^\s*\n/, '').trimEnd().split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  const first = indents[0] ?? '';
  const common = indents.every((indent) => indent.startsWith(first)) ? first.length : 0;
  return lines.map((line) => line.slice(common)).join('\n');
}
