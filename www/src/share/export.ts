/** What a person takes away as a file. */

import type { Playground } from '../playground.svelte';

/** The document as JSON: as it is written, or converted when it is YAML. A text that is neither goes as it is. */
export async function jsonOf(p: Playground): Promise<string> {
  const { text } = p;
  if (/^\s*(?:[{[]|$)/.test(text)) return text;
  try {
    const { document } = await (await p.importer()).yamlToJson(text, p.language);
    return document;
  } catch {
    return text;
  }
}

/** Hands a file over to the browser's downloads. */
export function save(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // Downloads have begun long before; until then the address must not go.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
