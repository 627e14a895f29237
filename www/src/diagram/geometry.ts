/** Points, rectangles and orthogonal lines; every length in CSS pixels. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

export const right = (rect: Rect): number => rect.x + rect.width;
export const bottom = (rect: Rect): number => rect.y + rect.height;

const heading = (from: Point, to: Point): Point => ({ x: Math.sign(to.x - from.x), y: Math.sign(to.y - from.y) });

/** The same line, moved to its right-hand side, so that there and back lie side by side and never cross. */
export function beside(points: readonly Point[], distance: number): Point[] {
  return points.map((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    const into = before && heading(before, point);
    const out = after && heading(point, after);
    let x = 0;
    let y = 0;
    for (const way of into && out && into.x === out.x && into.y === out.y ? [into] : [into, out]) {
      if (!way) continue;
      x -= way.y;
      y += way.x;
    }
    return { x: point.x + x * distance, y: point.y + y * distance };
  });
}

/** The line without its last pixels. */
export function shorten(points: readonly Point[], by: number): Point[] {
  const kept = [...points];
  let rest = by;
  while (kept.length > 1) {
    const last = kept[kept.length - 1] as Point;
    const before = kept[kept.length - 2] as Point;
    const length = Math.abs(last.x - before.x) + Math.abs(last.y - before.y);
    if (length > rest) {
      const way = heading(before, last);
      kept[kept.length - 1] = { x: last.x - way.x * rest, y: last.y - way.y * rest };
      return kept;
    }
    rest -= length;
    kept.pop();
  }
  return kept;
}

const text = (value: number): string => String(Math.round(value * 100) / 100);

/** The line as an SVG path; corners are rounded, a short stretch no further than its middle. */
export function pathData(points: readonly Point[], radius = 8): string {
  return points
    .map((at, index) => {
      const before = points[index - 1];
      const after = points[index + 1];
      if (!before) return `M${text(at.x)} ${text(at.y)}`;
      const into = heading(before, at);
      const out = after ? heading(at, after) : into;
      const turn = into.x * out.y - into.y * out.x;
      const length = (a: Point, b: Point): number => Math.abs(b.x - a.x) + Math.abs(b.y - a.y);
      const r = turn === 0 || !after ? 0 : Math.min(radius, length(before, at) / 2, length(at, after) / 2);
      const line = `L${text(at.x - into.x * r)} ${text(at.y - into.y * r)}`;
      return r > 0 ? `${line}A${text(r)} ${text(r)} 0 0 ${turn > 0 ? 1 : 0} ${text(at.x + out.x * r)} ${text(at.y + out.y * r)}` : line;
    })
    .join('');
}

/** How far along the line each of its points lies; its corners count as sharp. */
export function distances(points: readonly Point[]): number[] {
  let total = 0;
  return points.map((at, index) => {
    const before = points[index - 1] ?? at;
    total += Math.abs(at.x - before.x) + Math.abs(at.y - before.y);
    return total;
  });
}

/** The rectangle as CSS, inside a frame that starts at `origin`. */
export const css = (rect: Rect, origin: Point = { x: 0, y: 0 }, grow = 0): string =>
  `left:${rect.x - origin.x - grow}px;top:${rect.y - origin.y - grow}px;width:${rect.width + 2 * grow}px;height:${rect.height + 2 * grow}px`;
