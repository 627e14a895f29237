/** Files as a person hands them over: picked, dropped, or a whole folder dropped. */

import type { NamedFile } from './engine/importer';

export const pickedFiles = (list: Iterable<File> | null): NamedFile[] =>
  [...(list ?? [])].map((file) => ({ name: file.webkitRelativePath || file.name, file }));

/** What was dropped: files as they are, folders with everything in them. The entries come from the drop event itself. */
export async function droppedFiles(entries: readonly (FileSystemEntry | null)[], files: readonly File[]): Promise<NamedFile[]> {
  if (!entries.some((entry) => entry?.isDirectory)) return pickedFiles(files);
  const found = await Promise.all(entries.map((entry) => (entry ? filesOf(entry, '') : [])));
  return found.flat();
}

async function filesOf(entry: FileSystemEntry, folder: string): Promise<NamedFile[]> {
  const name = folder + entry.name;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ name, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: NamedFile[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return found;
    for (const child of batch) found.push(...(await filesOf(child, `${name}/`)));
  }
}
