/** The paths of an answer as lines and marks on the layout. */

import type { Check, Hop, Path } from '../types';
import { Anchors, type Anchor } from './anchors';
import { beside, distances, pathData, shorten, type Point } from './geometry';
import type { Layout } from './layout';
import { Lanes, route, SPACING } from './routing';

/** Where a mark goes that would lie on another one: along its rail, as near as it can. */
const STEPS = [0, 28, -28, 14, -14, 42, -42];
const HEIGHT = 24;
/** As near to the top of a subnet a mark leaves its name alone. */
const HEAD = 40;

export type Tone = 'pass' | 'fail' | 'open';

export interface Mark {
  readonly key: string;
  readonly at: Point;
  readonly label: string;
  readonly form: 'hollow' | 'drop' | 'end' | 'off';
  readonly tone: Tone;
  /** Position in the answer's hops of the one that choosing the mark chooses. */
  readonly hop: number;
}

export interface Line {
  readonly data: string;
  readonly form: 'run' | 'reply' | 'lost';
  readonly tone: Tone;
}

export interface Tip {
  readonly data: string;
  readonly form: 'run' | 'reply' | 'lost';
  readonly tone: Tone;
}

export interface Packet {
  readonly data: string;
  /** Distance along the line for each hop of the path, in the order of the answer. */
  readonly stops: readonly number[];
}

export interface Trail {
  readonly lines: readonly Line[];
  readonly tips: readonly Tip[];
  readonly diamonds: readonly { readonly at: Point; readonly tone: Tone }[];
  readonly marks: readonly Mark[];
  readonly packets: readonly Packet[];
  /** Rows and cards that the paths touch, by key, with the hop that decides there. */
  readonly touched: ReadonlyMap<string, Touch>;
  /** Key of the row or card at which each hop of the answer stands. */
  readonly places: ReadonlyMap<number, string>;
}

export interface Touch {
  /** Position in the answer's hops. */
  readonly hop: number;
  readonly tone: Tone;
  readonly drops: boolean;
}

/** No more than these are drawn; the list has them all. */
const PATHS = 6;

export const hopsOf = (check: Check, path: Path): Hop[] => check.hops.slice(path.firstHop, path.firstHop + path.hopCount);

export const toneOf = (path: Path): Tone => (path.fate === 'delivered' ? 'pass' : path.fate === 'notKnown' ? 'open' : 'fail');

/** Whether a hop ends its path. */
export const isEnd = (hop: Hop): boolean =>
  !hop.alreadyLost && (hop.action === 'drops' || hop.action === 'refuses' || hop.action === 'unknown');

/** The shape of a hop's mark. */
export const formOf = (hop: Hop, ends: boolean): Mark['form'] =>
  ends && hop.action !== 'unknown' ? 'drop' : hop.alreadyLost ? 'off' : hop.action === 'answers' ? 'end' : 'hollow';

interface Stop {
  readonly anchor: Anchor;
  readonly hops: number[];
}

const isFilter = (hop: Hop): boolean => hop.component.startsWith('networkAcl/') || hop.component.startsWith('securityGroup/');

/** The first hop at which a path ends, counted within the path; its length if it arrives. */
function endOf(hops: readonly Hop[]): number {
  const end = hops.findIndex(isEnd);
  return end < 0 ? hops.length : end;
}

/**
 * The stops of the packet in the order of the line. Filters passed on the way into a subnet keep their mark,
 * but the line runs to the component first and comes by on the way out.
 */
function stopsOf(hops: readonly Hop[], start: string | null, anchors: Anchors): { stops: Stop[]; all: Map<number, Anchor> } {
  const all = new Map<number, Anchor>();
  const stops: Stop[] = [];
  let owner: string | null = null;
  let last: Anchor | undefined;
  let door: Anchor | undefined;
  const end = endOf(hops);
  hops.forEach((hop, index) => {
    if (!isFilter(hop) && !hop.component.startsWith('routeTable/')) owner = hop.component;
    // The table of a gateway decides where the gateway stands.
    const atGateway = hop.subnet === null && hop.component.startsWith('routeTable/') ? door : undefined;
    const anchor: Anchor | undefined = atGateway ?? anchors.ofHop(hop, start, owner) ?? last;
    if (!anchor) return;
    if (anchor.place.kind === 'door') door = anchor;
    all.set(index, anchor);
    last = anchor;
    if (hop.direction === 'reply') return;
    const previous = stops.at(-1);
    if (previous?.anchor.key === anchor.key) {
      previous.hops.push(index);
      return;
    }
    const entering = isFilter(hop) && index !== end && previous !== undefined && !sameSubnet(previous.anchor, anchor);
    const componentFollows = hops.slice(index + 1).some((next) => next.direction === 'forward' && next.subnet === hop.subnet && !isFilter(next));
    if (entering && componentFollows) return;
    stops.push({ anchor, hops: [index] });
  });
  return { stops, all };
}

const sameSubnet = (a: Anchor, b: Anchor): boolean =>
  a.place.kind === 'rail' && b.place.kind === 'rail' && a.place.subnet === b.place.subnet;

/** `4`, `1–3` for a run, `5·7` for what is decided twice. */
export function markLabel(numbers: readonly number[], letter: string): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const first = sorted[0] ?? 0;
  const last = sorted.at(-1) ?? 0;
  if (sorted.length === 1) return `${letter}${first}`;
  return last - first === sorted.length - 1 ? `${letter}${first}–${last}` : `${letter}${first}·${last}`;
}

/** In CSS pixels, as wide as a mark that drops. */
const widthOf = (label: string): number => (label.length > 2 ? 38 : 32);

function chevron(at: Point, from: Point, to: Point, size: number): string {
  const dx = Math.sign(to.x - from.x);
  const dy = Math.sign(to.y - from.y);
  const tail = { x: at.x - dx * size, y: at.y - dy * size };
  return `M${tail.x + dy * size} ${tail.y + dx * size}L${at.x} ${at.y}L${tail.x - dy * size} ${tail.y - dx * size}`;
}

/** An arrow head in the middle of every long stretch outside the rails. */
function tipsOn(points: readonly Point[], form: Tip['form'], tone: Tone, rails: ReadonlySet<number>): Tip[] {
  const tips: Tip[] = [];
  points.forEach((to, index) => {
    const from = points[index - 1];
    if (!from || (from.x === to.x && rails.has(from.x))) return;
    const length = Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
    if (length < 56) return;
    const at = { x: Math.round((from.x + to.x) / 2), y: Math.round((from.y + to.y) / 2) };
    tips.push({ data: chevron(at, from, to, form === 'run' ? 4 : 3), form, tone });
  });
  return tips;
}

export function trail(check: Check, layout: Layout): Trail {
  const anchors = new Anchors(layout);
  const lines: Line[] = [];
  const tips: Tip[] = [];
  const diamonds: { at: Point; tone: Tone }[] = [];
  const marks: Mark[] = [];
  const packets: Packet[] = [];
  const touched = new Map<string, Touch>();
  const places = new Map<number, string>();
  const taken = new Set<string>();
  const lanes = new Lanes(layout);
  const rails = new Set(layout.regions.flatMap((region) => region.vpcs.flatMap((vpc) => vpc.zones.flatMap((zone) => zone.subnets.map((subnet) => subnet.railX)))));

  const drawn = check.paths.slice(0, PATHS).map((path, pathIndex) => {
    const hops = hopsOf(check, path);
    const { stops, all } = stopsOf(hops, path.subnet, anchors);
    for (const { anchor } of stops) lanes.add(anchor, pathIndex);
    return { path, hops, stops, all };
  });
  /** There and back lie closer where several paths are drawn. */
  const apart = drawn.length > 1 ? SPACING / 2 : SPACING;

  drawn.forEach(({ path, hops, stops, all }, pathIndex) => {
    const tone = toneOf(path);
    const letter = check.paths.length > 1 ? path.label : '';
    for (const [index, anchor] of all) places.set(path.firstHop + index, anchor.key);
    const end = endOf(hops);
    const ended = end < hops.length;
    const dropsOnReply = ended && hops[end]?.direction === 'reply';
    const cut = ended && !dropsOnReply ? stops.findIndex((stop) => stop.hops.includes(end)) : -1;
    const reached = cut >= 0 ? stops.slice(0, cut + 1) : stops;

    const line = route(reached.map((stop) => stop.anchor), layout, pathIndex, lanes);
    const stopped = cut >= 0 && hops[end]?.action !== 'unknown';
    if (line.points.length > 1) {
      lines.push({ data: pathData(line.points), form: 'run', tone });
      tips.push(...tipsOn(line.points, 'run', tone, rails));
      if (stopped) {
        const before = shorten(line.points, 24).at(-1);
        if (before && line.points.length > 1) diamonds.push({ at: before, tone });
      }
    }
    const onward = cut < 0 ? [] : stops.slice(cut).map((stop) => stop.anchor);
    const destination = destinationOf(check, anchors);
    if (onward.length === 1 && onward[0]?.place.kind === 'door' && destination) onward.push(destination);
    if (onward.length > 1) {
      const rest = route(onward, layout, pathIndex, lanes);
      if (rest.points.length > 1) {
        lines.push({ data: pathData(rest.points), form: 'lost', tone });
        tips.push(...tipsOn(rest.points, 'lost', tone, rails));
      }
    }
    if (path.fate === 'delivered' || dropsOnReply) {
      const own = ownWayBack(reached, hops, dropsOnReply ? end : hops.length, all);
      const back = own ? beside(route(own, layout, pathIndex, lanes).points, apart) : replyLine(line, reached, end, dropsOnReply, all, apart);
      if (back.length > 1) {
        lines.push({ data: pathData(back), form: 'reply', tone });
        tips.push(...tipsOn(back, 'reply', tone, new Set()));
      }
    }

    const along = distances(line.points);
    const positions: number[] = [];
    hops.forEach((hop, index) => {
      const anchor = all.get(index);
      const stop = reached.findIndex((one) => one.anchor.key === anchor?.key);
      const at = stop >= 0 ? (along[line.stops[stop] ?? 0] ?? 0) : (positions.at(-1) ?? 0);
      positions.push(hop.alreadyLost && cut >= 0 ? (along.at(-1) ?? 0) : at);
    });
    packets.push({ data: pathData(line.points, 0), stops: positions });

    const byAnchor = new Map<string, { anchor: Anchor; hops: number[] }>();
    hops.forEach((hop, index) => {
      const anchor = all.get(index);
      if (!anchor || (hop.direction === 'reply' && index !== end)) return;
      const entry = byAnchor.get(anchor.key) ?? { anchor, hops: [] };
      entry.hops.push(index);
      byAnchor.set(anchor.key, entry);
    });
    for (const { anchor, hops: here } of byAnchor.values()) {
      const drop = here.includes(end) ? end : -1;
      const lost = here.every((index) => hops[index]?.alreadyLost);
      const arrives = here.some((index) => hops[index]?.action === 'answers');
      const deciding = drop >= 0 ? drop : (here.at(-1) ?? 0);
      const hop = path.firstHop + deciding;
      if (drop >= 0 || !touched.get(anchor.key)?.drops) touched.set(anchor.key, { hop, tone: lost ? 'open' : tone, drops: drop >= 0 });
      const signature = `${anchor.key}:${tone}`;
      if (taken.has(signature) && drop < 0) continue;
      taken.add(signature);
      const at = anchor.key === 'internet' ? (line.points.at(-1) ?? anchor.at) : lanes.pointOf(anchor, pathIndex);
      const label = markLabel(drop >= 0 ? [hops[drop]?.number ?? 0] : here.map((index) => hops[index]?.number ?? 0), letter);
      const top = anchor.place.kind === 'rail' ? anchor.place.subnet.rect.y + HEAD : 0;
      const isFree = (y: number): boolean =>
        y > top && marks.every((mark) => Math.abs(mark.at.y - y) >= HEIGHT || Math.abs(mark.at.x - at.x) >= (widthOf(mark.label) + widthOf(label)) / 2);
      // Below a route is the next one.
      const side = /^(route|rest):/.test(anchor.key) ? -1 : 1;
      marks.push({
        key: `${pathIndex}:${anchor.key}`,
        at: { x: at.x, y: at.y + side * (STEPS.find((step) => isFree(at.y + side * step)) ?? 0) },
        label,
        form: drop >= 0 && hops[drop]?.action !== 'unknown' ? 'drop' : lost ? 'off' : arrives ? 'end' : 'hollow',
        tone,
        hop,
      });
    }
  });
  return { lines, tips, diamonds, marks, packets, touched, places };
}

/** Where the traffic was meant to go, when that is a box outside the VPC. */
function destinationOf(check: Check, anchors: Anchors): Anchor | undefined {
  const bucket = /^s3:\/\/([^/]+)/.exec(check.to)?.[1];
  if (bucket !== undefined) return anchors.get(`outside:bucket/${bucket}`);
  return anchors.get(`outside:${check.to}`) ?? (/^https?:|^\d|^internet\//.test(check.to) ? anchors.get('internet') : undefined);
}

/** The subnets that anchors lie in, in order, each stay once. */
function subnetsOf(anchors: readonly Anchor[]): string[] {
  const names = anchors.flatMap(({ place }) => (place.kind === 'rail' ? [place.subnet.subnet.component] : []));
  return names.filter((name, index) => name !== names[index - 1]);
}

/** Where the reply passes through when that is not the packet's way backwards; null when it is. */
function ownWayBack(stops: readonly Stop[], hops: readonly Hop[], until: number, all: ReadonlyMap<number, Anchor>): Anchor[] | null {
  const there = stops.map((stop) => stop.anchor);
  const decided = hops.flatMap((hop, index) => {
    const anchor = all.get(index);
    return hop.direction === 'reply' && index <= until && anchor ? [anchor] : [];
  });
  const back = subnetsOf(there).reverse();
  let at = 0;
  const isSame = subnetsOf(decided).every((name) => {
    at = back.indexOf(name, at);
    return at >= 0;
  });
  const [from, to] = [there.at(-1), there[0]];
  if (isSame || !from || !to) return null;
  const door = there.findLast((anchor) => anchor.place.kind === 'door');
  const way = [from, ...(door && door !== from ? [door] : []), ...decided, ...(until >= hops.length ? [to] : [])];
  return way.filter((anchor, index) => anchor.key !== way[index - 1]?.key);
}

/** The reply walks the same line back, beside it, as far as it gets. */
function replyLine(line: { points: readonly Point[]; stops: readonly number[] }, stops: readonly Stop[], end: number, drops: boolean, all: ReadonlyMap<number, Anchor>, apart: number): Point[] {
  let points = [...line.points];
  if (drops) {
    const key = all.get(end)?.key;
    let stop = stops.length - 1;
    while (stop > 0 && stops[stop]?.anchor.key !== key) stop -= 1;
    points = points.slice(line.stops[stop] ?? 0);
  }
  return beside(points, apart).reverse();
}
