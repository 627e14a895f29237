/** Where the parts of an imported document stand in the person's own files, which are kept in memory and nowhere else. */

import { valueAt } from '../editing/document';
import type { NamedFile } from '../engine/importer';
import type { Playground } from '../playground.svelte';
import type { SourcePlace } from '../types';

/** Larger files are not read again for a few lines. */
const LARGEST = 16e6;

interface Sources {
  readonly files: readonly NamedFile[];
  readonly places: ReadonlyMap<string, SourcePlace>;
  /** The document as it was imported. */
  readonly document: unknown;
}

const kept = new WeakMap<Playground, Sources>();

export function keepSources(p: Playground, files: readonly NamedFile[], places: readonly SourcePlace[], document: string): void {
  kept.set(p, { files, places: new Map(places.map((place) => [place.pointer, place])), document: JSON.parse(document) as unknown });
}

/**
 * Where the part of the document with that pointer stands, or the nearest part around it; `isExact`: that very part.
 *
 * A list's entry counts only while it is what was imported: after an edit its number may be another entry's.
 */
export function placeOf(p: Playground, pointer: string, isExact = false): SourcePlace | null {
  const sources = kept.get(p);
  if (!sources) return null;
  for (let path = pointer; path !== '' && !(isExact && path !== pointer); path = path.slice(0, path.lastIndexOf('/'))) {
    const place = sources.places.get(path);
    if (!place) continue;
    const now = valueAt(p.document, path);
    const isComponent = path.split('/').length === 3;
    if (now !== undefined && (isComponent || JSON.stringify(now) === JSON.stringify(valueAt(sources.document, path)))) return place;
  }
  return null;
}

export interface ExcerptLine {
  readonly number: number;
  readonly text: string;
  readonly isPlace: boolean;
}

/** The lines around a place, with what they have in common of their indentation left out; null where the file is too large. */
export async function excerptOf(p: Playground, place: SourcePlace): Promise<readonly ExcerptLine[] | null> {
  const file = kept.get(p)?.files.find(({ name }) => name === place.file)?.file;
  if (!file || file.size > LARGEST || place.line === 0) return null;
  return linesAround(await file.text(), place.line);
}

/** Lines before and after the place. */
const AROUND = 3;
/** A line of a file without line breaks is cut. */
const LONGEST = 400;

export function linesAround(text: string, line: number): readonly ExcerptLine[] {
  const first = Math.max(line - AROUND, 1);
  const lines = text.split(/\r?\n/).slice(first - 1, line + AROUND);
  const indents = lines.filter((one) => one.trim() !== '').map((one) => one.length - one.trimStart().length);
  const indent = indents.length > 0 ? Math.min(...indents) : 0;
  return lines.map((one, index) => ({
    number: first + index,
    text: one.slice(indent, indent + LONGEST),
    isPlace: first + index === line,
  }));
}
