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

interface Corner {
  readonly at: Point;
  readonly radius: number;
}

function corners(points: readonly Point[], radius: number): Corner[] {
  return points.map((at, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (!before || !after) return { at, radius: 0 };
    const into = Math.abs(at.x - before.x) + Math.abs(at.y - before.y);
    const out = Math.abs(after.x - at.x) + Math.abs(after.y - at.y);
    const turns = (before.x === at.x) !== (at.x === after.x);
    return { at, radius: turns ? Math.min(radius, into / 2, out / 2) : 0 };
  });
}

const text = (value: number): string => String(Math.round(value * 100) / 100);

/** The line as an SVG path with rounded corners. */
export function pathData(points: readonly Point[], radius = 8): string {
  const rounded = corners(points, radius);
  let data = '';
  rounded.forEach(({ at, radius: r }, index) => {
    if (index === 0) {
      data = `M${text(at.x)} ${text(at.y)}`;
      return;
    }
    const before = (rounded[index - 1] as Corner).at;
    const into = heading(before, at);
    data += `L${text(at.x - into.x * r)} ${text(at.y - into.y * r)}`;
    const after = rounded[index + 1]?.at;
    if (r > 0 && after) {
      const out = heading(at, after);
      const sweep = into.x * out.y - into.y * out.x > 0 ? 1 : 0;
      data += `A${text(r)} ${text(r)} 0 0 ${sweep} ${text(at.x + out.x * r)} ${text(at.y + out.y * r)}`;
    }
  });
  return data;
}

/** How far along the rounded line each of its points lies; a corner counts at the middle of its arc. */
export function distances(points: readonly Point[], radius = 8): number[] {
  const rounded = corners(points, radius);
  let total = 0;
  return rounded.map(({ at, radius: r }, index) => {
    const before = rounded[index - 1];
    const arc = (Math.PI * r) / 4;
    if (before) {
      total += Math.abs(at.x - before.at.x) + Math.abs(at.y - before.at.y) - before.radius - r + (Math.PI * before.radius) / 4 + arc;
    }
    return total;
  });
}

/** The rectangle as CSS, inside a frame that starts at `origin`. */
export const css = (rect: Rect, origin: Point = { x: 0, y: 0 }, grow = 0): string =>
  `left:${rect.x - origin.x - grow}px;top:${rect.y - origin.y - grow}px;width:${rect.width + 2 * grow}px;height:${rect.height + 2 * grow}px`;
