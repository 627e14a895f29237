/** Hands a document over as a file. */
export function download(name: string, text: string): void {
  const type = text.trimStart().startsWith('{') ? 'json' : 'yaml';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: `application/${type}` }));
  link.download = `${name.replace(/[^\p{L}\p{N}.-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '').slice(0, 80) || 'document'}.${type}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
