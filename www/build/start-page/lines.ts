/**
 * Lines of the diagram for a canvas of any width. The corners of a line keep their distance from the left edge of the
 * sheet, or from its right edge, so that it is cut where it crosses from one side to the other: up to there it is drawn
 * as long as it is at most, and clipped. Dashes go on behind the cut where they stopped. What stands in the middle of such
 * a line keeps its distance from a place between the edges.
 */

interface Corner {
  /** What is drawn from the corner before to this one, up to its coordinates: `M`, `L`, or an arc with its radii. */
  readonly command: string;
  readonly x: number;
  readonly y: number;
  readonly length: number;
  /** How much it moves when the sheet grows by a pixel: 0 with the left edge, 1 with the right one. */
  readonly moves: number;
}

export interface Piece {
  readonly d: string;
  /** As that of its corners. */
  readonly moves: number;
  /** Where the piece is longer than what is to be seen of it: how far from the other edge of the sheet it ends. */
  readonly clip: number | null;
  /** Length of the line before the piece, at the width that it is written for, and how much of it grows with the width. */
  readonly before: number;
  readonly growing: number;
}

const COMMAND = /([MLA])((?:-?[\d.]+ )*?)(-?[\d.]+) (-?[\d.]+)(?=[MLAZ]|$)/g;

function corners(d: string, narrow: string, less: number): Corner[] {
  const commands = [...d.matchAll(COMMAND)];
  const others = [...narrow.matchAll(COMMAND)];
  if (commands.map(([all]) => all).join('') !== d.replace(/Z$/, '') || commands.length !== others.length) throw new Error(`the start page has the line ${d}, which is written in an unknown way`);
  let before = { x: 0, y: 0 };
  return commands.map(([, letter = '', parameters = '', x, y], index) => {
    const at = { x: Number(x), y: Number(y) };
    const moves = less === 0 ? 0 : (at.x - Number(others[index]?.[3])) / less;
    const straight = Math.hypot(at.x - before.x, at.y - before.y);
    // Arcs are quarters of circles, from a chord to the arc above it.
    const length = letter === 'M' ? 0 : letter === 'A' ? (straight * Math.PI) / (2 * Math.SQRT2) : straight;
    before = at;
    return { command: `${letter}${parameters}`, ...at, length, moves };
  });
}

/** The pieces of a line, as it is at one width, `width`, and at one that is smaller. */
export function pieces(d: string, narrow: string, width: number, less: number): Piece[] {
  const found: Piece[] = [];
  let drawn: string[] = [];
  let [begins, growing, total] = [0, 0, 0];
  const text = ({ command, x, y }: Corner): string => `${command}${x} ${y}`;
  corners(d, narrow, less).forEach((corner, index, all) => {
    const last = all[index - 1];
    drawn.push(text(corner));
    total += corner.length;
    if (!last || last.moves === corner.moves) return;
    if (last.y !== corner.y || last.moves + corner.moves !== 1) throw new Error(`the start page has the line ${d}, which grows in an unknown way`);
    found.push({ d: drawn.join(''), moves: last.moves, clip: last.moves === 0 ? width - corner.x : corner.x, before: begins, growing });
    growing += 1;
    begins = total;
    drawn = [`M${corner.x} ${corner.y}`];
  });
  const end = corners(d, narrow, less).at(-1);
  if (drawn.length > 1 || found.length === 0) found.push({ d: drawn.join('') + (d.endsWith('Z') ? 'Z' : ''), moves: end?.moves ?? 0, clip: null, before: begins, growing });
  return found;
}
