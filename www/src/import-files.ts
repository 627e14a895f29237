/** AWS CLI output becomes the document, or it is said why not. */

import type { NamedFile } from './engine/importer';
import { isEmptyDocument, type Playground } from './playground.svelte';

export async function importFiles(p: Playground, files: readonly NamedFile[]): Promise<void> {
  p.importing = 'working';
  p.importFailed = null;
  p.importProblems = [];
  const first = files[0]?.name ?? '';
  try {
    const imported = await (await p.importer()).importFiles(files, p.language);
    p.importProblems = imported.diagnostics;
    if (isEmptyDocument(imported.document)) {
      p.importFailed = p.words.importing.nothing;
      p.importing = 'open';
      return;
    }
    const name = files.length === 1 ? first : first.replace(/\/.*/, '');
    p.open(imported.document, { kind: 'import', name, files: files.length });
    p.importing = 'closed';
  } catch (error) {
    p.importFailed = `${p.words.importing.unavailable} ${error instanceof Error ? error.message : ''}`;
    p.importing = 'open';
  }
}
