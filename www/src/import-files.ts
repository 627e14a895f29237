/** Configuration files become the document, or it is said why not. */

import type { NamedFile } from './engine/importer';
import { isEmptyDocument, type Playground } from './playground.svelte';
import { keepSources } from './sources/sources';
import { importingWords } from './words/importing';

/** The files last imported, for other values of their parameters. */
const lastFiles = new WeakMap<Playground, readonly NamedFile[]>();

/** Imports the same files with values for the parameters of their templates. */
export async function importAgain(p: Playground, parameters: Readonly<Record<string, string>>): Promise<void> {
  await importFiles(p, lastFiles.get(p) ?? [], parameters);
}

export async function importFiles(
  p: Playground,
  files: readonly NamedFile[],
  parameters: Readonly<Record<string, string>> = {},
): Promise<void> {
  if (files.length === 0) return;
  p.importing = 'working';
  p.importFailed = null;
  p.importProblems = [];
  const first = files[0]?.name ?? '';
  try {
    const given = Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ''));
    const imported = await (await p.importer()).importFiles(files, p.language, { parameters: given });
    lastFiles.set(p, files);
    p.importProblems = imported.diagnostics;
    p.importParameters = imported.parameters.map((parameter) => ({ ...parameter, default: given[parameter.name] ?? parameter.default }));
    if (isEmptyDocument(imported.document)) {
      p.importFailed = importingWords[p.language].nothing;
      p.importing = 'open';
      return;
    }
    const name = files.length === 1 ? first : first.replace(/\/.*/, '');
    keepSources(p, files, imported.places, imported.document);
    p.open(imported.document, { kind: 'import', name, files: files.length });
    // What has no value yet is asked for; the rest of the document is there already.
    p.importing = p.importParameters.some((parameter) => parameter.default === null) ? 'open' : 'closed';
  } catch (error) {
    p.importFailed = `${importingWords[p.language].unavailable} ${error instanceof Error ? error.message : ''}`;
    p.importing = 'open';
  }
}
