/** Names of components stand out in sentences. */

export interface Part {
  readonly text: string;
  readonly strong: boolean;
}

/** Names that are words of the sentences too. */
const ORDINARY = new Set(['public', 'private', 'default', 'main', 'local', 'internet', 's3']);

export function emphasise(sentence: string, names: Iterable<string>): Part[] {
  const known = [...new Set(names)].filter((name) => name.length > 1 && !ORDINARY.has(name.toLowerCase())).sort((a, b) => b.length - a.length);
  if (known.length === 0) return [{ text: sentence, strong: false }];
  // Not a piece of a longer name.
  const whole = new RegExp(`(?<![\\w-])(${known.map((name) => name.replace(/\W/g, '\\$&')).join('|')})(?![\\w-])`);
  return sentence.split(whole).map((text, index) => ({ text, strong: index % 2 === 1 }));
}
