/** How a path runs from one anchor to the next: along rails and lanes, never through a header. */

import type { Anchor, Place } from './anchors';
import { bottom, right, type Point } from './geometry';
import type { Layout } from './layout';

type Rail = Extract<Place, { kind: 'rail' }>;

/** Parallel paths lie this far apart. */
export const SPACING = 8;

interface Way {
  readonly layout: Layout;
  /** Which of the parallel paths this is, from 0. */
  readonly index: number;
}

/** Which paths run on the rail of each subnet; each has a place of its own there. */
export class Lanes {
  readonly #users = new Map<string, number[]>();
  readonly #rail: number;

  constructor({ rail }: Layout) {
    this.#rail = rail;
  }

  add(anchor: Anchor, path: number): void {
    if (anchor.place.kind !== 'rail') return;
    const name = anchor.place.subnet.subnet.component;
    const users = this.#users.get(name) ?? [];
    if (!users.includes(path)) this.#users.set(name, [...users, path]);
  }

  /** Where a path passes an anchor. */
  pointOf(anchor: Anchor, path: number): Point {
    if (anchor.place.kind !== 'rail' || anchor.place.subnet.form === 'folded') return anchor.at;
    const users = this.#users.get(anchor.place.subnet.subnet.component) ?? [];
    const at = users.indexOf(path);
    if (users.length < 2 || at < 0) return anchor.at;
    // On a wide rail two keep apart as far as their marks are wide; more share what there is.
    const gap = (this.#rail - 22) / (users.length - 1);
    return { x: Math.round(anchor.at.x + (at - (users.length - 1) / 2) * gap), y: anchor.at.y };
  }
}

const leftLane = (place: Rail, way: Way): number =>
  way.layout.upright && !place.zone.headed ? place.vpc.rect.x + 4 : place.subnet.rect.x - 8 - SPACING * (way.index % 2);
const rightLane = (place: Rail, way: Way): number => right(place.subnet.rect) + 10 + SPACING * (way.index % 2);
const doorLane = (place: { vpc: Rail['vpc'] }, way: Way): number => place.vpc.doorLane + SPACING * (way.index % 2);
const channel = (place: Rail, way: Way): number =>
  (place.vpc.channels[place.zone.line] ?? bottom(place.vpc.rect)) + SPACING * (way.index % 2);

/** From a row in a subnet to a component in another subnet of the VPC. */
function acrossVpc(from: Anchor, to: Anchor, a: Rail, b: Rail, way: Way): Point[] {
  const sameLine = a.zone.line === b.zone.line;
  const step = b.zone.column - a.zone.column;
  if (step === 0 || way.layout.upright) {
    const x = Math.min(leftLane(a, way), leftLane(b, way));
    return [{ x, y: from.at.y }, { x, y: to.at.y }];
  }
  if (sameLine && step === 1) {
    const x = rightLane(a, way);
    return [{ x, y: from.at.y }, { x, y: to.at.y }];
  }
  if (sameLine && step === -1) {
    const x = leftLane(a, way);
    return [{ x, y: from.at.y }, { x, y: to.at.y }];
  }
  const out = leftLane(a, way);
  const into = leftLane(b, way);
  const y = channel(a, way);
  return [{ x: out, y: from.at.y }, { x: out, y }, { x: into, y }, { x: into, y: to.at.y }];
}

/** From a row in a subnet to the VPC's border. */
function toBorder(from: Anchor, to: Anchor, a: Rail, way: Way): Point[] {
  const lane = doorLane(a, way);
  if (way.layout.upright || a.zone.column === a.vpc.columns - 1) {
    return from.at.y === to.at.y ? [] : [{ x: lane, y: from.at.y }, { x: lane, y: to.at.y }];
  }
  const out = rightLane(a, way);
  const y = channel(a, way);
  return [{ x: out, y: from.at.y }, { x: out, y }, { x: lane, y }, { x: lane, y: to.at.y }];
}

/** From a door to what stands outside. */
function toOutside(from: Anchor, to: Anchor, way: Way): Point[] {
  const { layout } = way;
  if (layout.upright) {
    // A VPC on the way down is passed beside its frame.
    const passed = layout.regions.flatMap(({ vpcs }) => vpcs).find(({ rect }) => rect.y > from.at.y && rect.y < to.at.y);
    const x = passed ? passed.rect.x - 4 : layout.outsideLane - SPACING * (way.index % 2);
    return [{ x: from.rect.x, y: from.at.y }, { x, y: from.at.y }, { x, y: to.at.y }];
  }
  const lane = layout.outsideLane + SPACING * (way.index % 2);
  if (to.place.kind === 'outside' || from.at.y === to.at.y) {
    return from.at.y === to.at.y ? [] : [{ x: lane, y: from.at.y }, { x: lane, y: to.at.y }];
  }
  const cards = layout.regions.flatMap((region) => region.cards);
  const isFree = (y: number): boolean => cards.every((card) => y < card.rect.y - 8 || y > bottom(card.rect) + 8);
  const before = to.rect.x - 12;
  if (isFree(from.at.y)) return [{ x: before, y: from.at.y }, { x: before, y: to.at.y }];
  const y = freeY(from.at.y, isFree);
  return [{ x: lane, y: from.at.y }, { x: lane, y }, { x: before, y }, { x: before, y: to.at.y }];
}

function freeY(near: number, isFree: (y: number) => boolean): number {
  for (let distance = 4; distance < 2000; distance += 4) {
    if (near - distance > 44 && isFree(near - distance)) return near - distance;
    if (isFree(near + distance)) return near + distance;
  }
  return near;
}

function between(from: Anchor, to: Anchor, way: Way): Point[] {
  const a = from.place;
  const b = to.place;
  if (a.kind === 'rail' && b.kind === 'rail') {
    if (a.subnet === b.subnet) return [];
    return a.vpc === b.vpc ? acrossVpc(from, to, a, b, way) : [{ x: doorLane(a, way), y: from.at.y }, { x: doorLane(a, way), y: to.at.y }];
  }
  if (a.kind === 'rail' && b.kind === 'door') return toBorder(from, to, a, way);
  if (a.kind === 'rail' && way.layout.upright) {
    // Down beside the doors, and over to the lane of what stands outside just above it.
    const down = doorLane(a, way);
    const over = way.layout.outsideLane - SPACING * (way.index % 2);
    const y = to.rect.y - SPACING;
    return [{ x: down, y: from.at.y }, { x: down, y }, { x: over, y }, { x: over, y: to.at.y }];
  }
  if (a.kind === 'rail') return [...toBorder(from, { ...to, at: { x: to.at.x, y: from.at.y } }, a, way), ...toOutside(from, to, way)];
  if (b.kind === 'outside' || b.kind === 'internet') return toOutside(from, to, way);
  // By no door: the way that leads there, backwards.
  if (b.kind === 'rail' && a.kind !== 'door') return between(to, from, way).reverse();
  const lane = b.kind === 'rail' ? doorLane(b, way) : way.layout.outsideLane;
  return [{ x: lane, y: from.at.y }, { x: lane, y: to.at.y }];
}

export interface Route {
  readonly points: readonly Point[];
  /** For each anchor the position of its point among them. */
  readonly stops: readonly number[];
}

/** The line through the anchors in order. */
export function route(anchors: readonly Anchor[], layout: Layout, index: number, lanes: Lanes): Route {
  const way: Way = { layout, index };
  const points: Point[] = [];
  const push = (point: Point): void => {
    const last = points.at(-1);
    if (!last || last.x !== point.x || last.y !== point.y) points.push(point);
  };
  let last: Anchor | undefined;
  const stops = anchors.map((anchor) => {
    if (last) between(last, anchor, way).forEach(push);
    push(anchor.key === 'internet' ? entry(anchor, points.at(-1), layout) : lanes.pointOf(anchor, index));
    last = anchor;
    return points.length - 1;
  });
  return { points, stops };
}

/** The Internet is entered where the path comes along. */
function entry(anchor: Anchor, before: Point | undefined, layout: Layout): Point {
  if (!before) return anchor.at;
  return layout.upright ? { x: before.x, y: anchor.rect.y } : { x: anchor.rect.x, y: before.y };
}
