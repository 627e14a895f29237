/**
 * The diagram of the start page for canvases of every width, as markup and rules of a style sheet.
 *
 * The app computes the diagram for the width that it measures. Without a script only a style sheet knows that width, so
 * what the app draws is looked at for many widths, and written down as rules: within a range of widths, each length is the
 * same or grows with the canvas. Lengths stand in the sheet alone, since a policy may forbid styles in markup.
 */

import { pieces, type Piece } from './lines.ts';
import { addClass, classesOf, find, isElement, parse, print, within, type Element, type Node } from './markup.ts';

/** A canvas that is narrower shows the diagram of this width; in CSS pixels, like all widths. */
const NARROWEST = 330;
/** Here the diagram has long stopped growing. */
const WIDE = 1400;
/** How far apart the widths are that are looked at first. */
const STEP = 10;

/** The widths `from` to `to`, both included. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** The rules of the style sheet. Languages share them, since most lengths are the same in all. */
export class Sheet {
  readonly #rules = new Map<string, string>();
  #width = WIDE;

  /** The class that has the rule; `&` in it stands for what has the class. */
  classOf(rule: string): string {
    const name = this.#rules.get(rule) ?? `w${this.#rules.size}`;
    this.#rules.set(rule, name);
    return name;
  }

  /** The class of what is shown at these widths only. */
  shown(ranges: readonly Range[]): string {
    return this.classOf(gaps(ranges).map((gap) => `@container room ${query(gap)}{&{display:none}}`).join(''));
  }

  /** Tells from which width on the diagram only moves: it stands in the middle then. */
  stops(width: number): void {
    this.#width = width;
  }

  css(): string {
    const [least, most] = [`${NARROWEST}px`, `${this.#width}px`];
    const room = `.room{container:room/inline-size}
.still .sheet0{--w:clamp(${least},100cqw,${most});width:var(--w);left:max(0px,(100cqw - ${most})/2);left:max(0px,round(down,(100cqw - ${most})/2,1px))}
.still .path{width:100%;height:100%}`;
    return [room, ...[...this.#rules].map(([rule, name]) => rule.replaceAll('&', `.still .${name}`))].join('\n');
  }
}

/** What lies before, between and after the ranges, which are in order. */
function gaps(ranges: readonly Range[]): Range[] {
  const ends = [...ranges, { from: Infinity, to: Infinity }];
  return ends.map(({ from }, index) => ({ from: (ends[index - 1]?.to ?? -1) + 1, to: from - 1 })).filter(({ from, to }) => from <= to && from < Infinity);
}

/** With a zoom of the browser a canvas may have parts of a pixel; it then counts as the app counts it, which rounds. */
const query = ({ from, to }: Range): string =>
  [...(from > 0 ? [`(min-width:${from - 0.5}px)`] : []), ...(to < Infinity ? [`(max-width:${to + 0.49}px)`] : [])].join(' and ');

/** Parts of the diagram whose children differ from width to width: a text without room is left out. */
const isLine = (element: Element): boolean => classesOf(element).some((name) => name === 'row' || name === 'head');

/** Elements that stand for the same at all widths of a range, in their order: lines, and all but what is in them. */
function* parts(nodes: readonly Node[]): Generator<Element> {
  for (const node of nodes) {
    if (!isElement(node)) continue;
    yield node;
    if (!isLine(node)) yield* parts(node.children);
  }
}

/** Markup without what depends on the width alone. */
function shape(nodes: readonly Node[], withLines: boolean): string {
  return nodes
    .filter(isElement)
    .map((node) => {
      const attributes = [...node.attributes].filter(([name]) => !['style', 'd', 'width', 'height'].includes(name));
      return `<${node.tag} ${attributes.join(' ')} ${isLine(node) && !withLines ? '' : shape(node.children, withLines)}>`;
    })
    .join('');
}

/** The lengths in an element's style. */
function lengthsOf(element: Element): [name: string, length: number][] {
  const declarations = (element.attributes.get('style') ?? '').split(';').map((one) => one.trim());
  return declarations
    .filter((one) => one !== '' && one !== 'zoom:1')
    .map((one) => {
      const [, name, length] = /^(left|top|width|height): ?(-?[\d.]+)px$/.exec(one) ?? [];
      if (!name) throw new Error(`the start page has the style ${one}, for which its style sheet can have no rule`);
      return [name, Number(length)];
    });
}

/** All lengths and corners, in their order. */
const numbers = (nodes: readonly Node[]): number[] =>
  [...parts(nodes)].flatMap((part) => [...lengthsOf(part).map(([, length]) => length), ...(part.attributes.get('d')?.match(/-?[\d.]+/g) ?? []).map(Number)]);

/** Draws what the app draws for a canvas of that width. */
export type Draw = (width: number) => string;

/** What the canvas of the start page has in it, at every width. */
export function drawing(draw: Draw, sheet: Sheet): string {
  const looked = new Map<number, Node[]>();
  const at = (width: number): Node[] => {
    const nodes = looked.get(width) ?? find(parse(draw(width)), 'canvas').children;
    looked.set(width, nodes);
    return nodes;
  };
  /** How the drawing changes with the width. What stands in the middle of a line moves with every second pixel. */
  const grows = (width: number): string => {
    const own = shape(at(width), false);
    const after = width + 2 <= widest && own === shape(at(width + 2), false);
    const [less, more] = after ? [width, width + 2] : [width - 2, width];
    const lengths = numbers(at(less));
    return own + numbers(at(more)).map((length, index) => length - (lengths[index] ?? 0)).join();
  };
  const widest = stop(at);
  sheet.stops(widest);
  const ranges = runs({ from: NARROWEST, to: widest }, grows);
  const html = ranges.map((range, index) => {
    const last = index === ranges.length - 1;
    const lines = runs(range, (width) => shape(at(width), true));
    const nodes = parse(draw(range.to));
    const canvas = find(nodes, 'canvas').children;
    mergeLines(canvas, lines, at, (shown) => sheet.shown(shown.map(({ from, to }) => ({ from: from === NARROWEST ? 0 : from, to: last && to === range.to ? Infinity : to }))));
    writeLengths(canvas, range, at, sheet);
    const drawn = canvas.find(isElement);
    if (!drawn) throw new Error('the start page has no diagram');
    addClass(drawn, sheet.shown([{ from: index === 0 ? 0 : range.from, to: last ? Infinity : range.to }]));
    return print([drawn]);
  });
  return `<div class="room">${html.join('')}</div>`;
}

/** The width from which on no frame grows. */
function stop(at: (width: number) => readonly Node[]): number {
  const widths = (width: number): string => [...parts(at(width))].filter((part) => classesOf(part).includes('frame')).flatMap((part) => lengthsOf(part).filter(([name]) => name === 'width')).join();
  let [low, high] = [NARROWEST, WIDE];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (widths(middle) === widths(WIDE)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The ranges in which all widths look the same. */
function runs({ from, to }: Range, look: (width: number) => string): Range[] {
  const found: Range[] = [];
  let start = from;
  for (let width = from; width < to; ) {
    let [low, high] = [width, Math.min(width + STEP, to)];
    if (look(low) !== look(high)) {
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (look(low) === look(middle)) low = middle;
        else high = middle;
      }
      found.push({ from: start, to: low });
      start = high;
    }
    width = high;
  }
  return [...found, { from: start, to }];
}

/** Gives each line the children of all widths, each shown at its own. */
function mergeLines(nodes: readonly Node[], ranges: readonly Range[], at: (width: number) => readonly Node[], shown: (ranges: readonly Range[]) => string): void {
  const drawn = ranges.map(({ from }) => [...parts(at(from))]);
  [...parts(nodes)].forEach((part, index) => {
    if (!isLine(part)) return;
    const found: { key: string; child: Element; ranges: Range[] }[] = [];
    ranges.forEach((range, variant) => {
      let place = 0;
      for (const child of drawn[variant]?.[index]?.children.filter(isElement) ?? []) {
        const key = print([child]);
        const known = found.findIndex((one, position) => position >= place && one.key === key);
        if (known >= 0) found[known]?.ranges.push(range);
        else found.splice(place, 0, { key, child, ranges: [range] });
        place = (known >= 0 ? known : place) + 1;
      }
    });
    part.children = found.map(({ key, child, ranges: its }) => {
      if (its.length === ranges.length) return child;
      const [copy] = parse(key);
      if (copy === undefined || !isElement(copy)) throw new Error(`${key} is no element`);
      addClass(copy, shown(joined(its)));
      return copy;
    });
  });
}

/** Neighbours as one. */
const joined = (ranges: readonly Range[]): Range[] =>
  ranges.reduce<Range[]>((all, range) => {
    const before = all.at(-1);
    return before?.to === range.from - 1 ? [...all.slice(0, -1), { from: before.from, to: range.to }] : [...all, range];
  }, []);

const length = (slope: number, rest: number): string => (slope === 0 ? `${rest}px` : `calc(${slope === 1 ? '' : `${slope}*`}var(--w) + ${rest}px)`);

/** Writes lengths of markup for the last width of a range as rules, by what they are at a smaller one. */
function writeLengths(nodes: readonly Node[], range: Range, at: (width: number) => readonly Node[], sheet: Sheet): void {
  const { to } = range;
  const from = to - 2 * ((to - range.from) >> 1);
  const others = [...parts(at(from))];
  const nearly = [...parts(at(Math.max(from, to - 1)))];
  const all = [...parts(nodes)];
  all.forEach((part, index) => {
    const other = others[index];
    if (!other) throw new Error('the start page has parts at one width that it has not at another');
    // The sheet's own width is that of the room there is.
    const own = ([name]: readonly [string, number]): boolean => !(name === 'width' && classesOf(part).includes('sheet0'));
    const before = lengthsOf(other).filter(own);
    const declarations = lengthsOf(part)
      .filter(own)
      .map(([name, value], position) => {
        const slope = from === to ? 0 : (value - (before[position]?.[1] ?? value)) / (to - from);
        return `${name}:${length(slope, value - slope * to)}`;
      });
    part.attributes.delete('style');
    if (declarations.length > 0) addClass(part, sheet.classOf(`&{${declarations.join(';')}}`));
  });
  all.forEach((part, index) => {
    const other = others[index];
    if (part.tag === 'svg' && classesOf(part).includes('path') && other && nearly[index]) writeLines(part, [other, nearly[index]], nodes, { from, to }, sheet);
  });
}

/** Replaces the picture of all lines by one for what moves alike, and one for each line that crosses from one side to the other. */
function writeLines(picture: Element, narrow: readonly [Element, Element], nodes: readonly Node[], { from, to }: Range, sheet: Sheet): void {
  const lines = picture.children.filter(isElement);
  const [others, nearly] = narrow.map(({ children }) => children.filter(isElement));
  const pictures: Element[] = [];
  const plain = new Map<string, Element>();
  lines.forEach((line, index) => {
    for (const piece of pieces(line.attributes.get('d') ?? '', others?.[index]?.attributes.get('d') ?? '', to, to - from)) {
      const drawn: Element = { tag: 'path', attributes: new Map(line.attributes).set('d', piece.d), children: [] };
      if (piece.before > 0) addClass(drawn, sheet.classOf(`&{stroke-dashoffset:${length(piece.growing, piece.before - piece.growing * to)}}`));
      if (piece.clip !== null) pictures.push(svg(clipped(piece, to, sheet), drawn));
      else {
        const left = leftOf(piece.moves, line.attributes.get('d') === nearly?.[index]?.attributes.get('d'), to);
        const alike = plain.get(left) ?? svg(left === '' ? '' : sheet.classOf(`&{${left}}`));
        alike.children.push(drawn);
        plain.set(left, alike);
      }
    }
  });
  // Tips and marks lie above the lines.
  const parent = [...within(nodes)].find((one) => one.children.includes(picture));
  parent?.children.splice(parent.children.indexOf(picture), 1, ...pictures, ...plain.values());
}

/** What keeps a picture for the width `to` where it belongs. A place in the middle of a line is rounded; `last` says that it does not move with the last pixel. */
function leftOf(moves: number, last: boolean, to: number): string {
  if (moves === 0) return '';
  const left = length(moves, -moves * to);
  return Number.isInteger(moves) ? `left:${left}` : `left:${left};left:round(${last ? 'up' : 'down'},${left},1px)`;
}

const svg = (name = '', ...children: Element[]): Element => ({ tag: 'svg', attributes: new Map([['class', `path ${name}`.trim()]]), children });

function clipped({ moves, clip }: Piece, to: number, sheet: Sheet): string {
  const AROUND = '-9px';
  if (moves === 0) return sheet.classOf(`&{clip-path:inset(${AROUND} ${clip}px ${AROUND} ${AROUND})}`);
  return sheet.classOf(`&{left:${length(1, -to)};clip-path:inset(${AROUND} ${AROUND} ${AROUND} ${length(-1, (clip ?? 0) + to)})}`);
}
