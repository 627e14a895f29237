/** The valid name that somebody most likely meant. */

/** Edits that turn one text into the other: insertions, deletions and replacements of a character. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min((row[j] ?? 0) + (letter === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Null when nothing is near. Long texts are near nothing. */
export function nearest(text: string, known: readonly string[]): string | null {
  if (text.length > 100) return null;
  const best = known.map((name) => ({ name, far: distance(text.toLowerCase(), name.toLowerCase()) })).sort((a, b) => a.far - b.far)[0];
  return best && best.far <= Math.max(2, best.name.length / 3) ? best.name : null;
}
