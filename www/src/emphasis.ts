/** Names of components stand out in sentences. */

export interface Part {
  readonly text: string;
  readonly strong: boolean;
}

/** Names that are words of the sentences too. */
const ORDINARY = new Set(['public', 'private', 'default', 'main', 'local', 'internet', 's3']);

export function emphasise(sentence: string, names: Iterable<string>): Part[] {
  const known = [...new Set(names)].filter((name) => name.length > 1 && !ORDINARY.has(name.toLowerCase())).sort((a, b) => b.length - a.length);
  const parts: Part[] = [];
  let plain = '';
  let position = 0;
  while (position < sentence.length) {
    const name = known.find((one) => sentence.startsWith(one, position) && isWhole(sentence, position, one.length));
    if (name === undefined) {
      plain += sentence.charAt(position);
      position += 1;
      continue;
    }
    if (plain !== '') parts.push({ text: plain, strong: false });
    plain = '';
    parts.push({ text: name, strong: true });
    position += name.length;
  }
  if (plain !== '') parts.push({ text: plain, strong: false });
  return parts;
}

/** Not a piece of a longer name. */
function isWhole(sentence: string, start: number, length: number): boolean {
  const part = /[\w-]/;
  return !part.test(sentence.charAt(start - 1)) && !part.test(sentence.charAt(start + length));
}
