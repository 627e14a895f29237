import { describe, expect, test } from 'vitest';

import { bottom, right, type Rect } from '../../src/diagram/geometry';
import { layout, type Layout, type Options } from '../../src/diagram/layout';
import { card, natDiagram, privateSubnet, publicSubnet, subnet } from './fixture';

const options = (width: number, more: Partial<Options> = {}): Options => ({
  width, show: { routes: true, acls: true, groups: true }, focus: null, unfolded: new Set(), outside: [], ...more,
});

const inside = (inner: Rect, outer: Rect): boolean =>
  inner.x >= outer.x && inner.y >= outer.y && right(inner) <= right(outer) && bottom(inner) <= bottom(outer);

const overlap = (a: Rect, b: Rect): boolean => a.x < right(b) && b.x < right(a) && a.y < bottom(b) && b.y < bottom(a);

function cards(placed: Layout): Rect[] {
  return placed.regions.flatMap((region) => [
    ...region.cards.map((box) => box.rect),
    ...region.vpcs.flatMap((vpc) => [...vpc.doors.map((box) => box.rect), ...vpc.zones.flatMap((zone) => zone.subnets.flatMap((one) => one.boxes.map((box) => box.rect)))]),
  ]);
}

const manyZones = [0, 1, 2, 3].map((index) => [
  subnet(`public-${index}`, 'public', [card(`natGateway/nat-${index}`)], true),
  subnet(`private-${index}`, 'private', [card('function/f', { securityGroups: ['securityGroup/sg'] })]),
  subnet(`empty-${index}`, 'private', []),
]);

describe.each([360, 390, 480, 640, 720, 1040, 1600])('at %i px', (width) => {
  test.each([
    ['one zone', natDiagram()],
    ['four zones', natDiagram(manyZones)],
  ])('%s: everything is inside its frame, nothing overlaps, nothing is wider than the room', (_, diagram) => {
    const placed = layout(diagram, options(width));
    expect(right(placed.internet.rect)).toBeLessThanOrEqual(width);
    for (const region of placed.regions) {
      expect(right(region.rect)).toBeLessThanOrEqual(width);
      for (const box of region.cards) expect(inside(box.rect, region.rect)).toBe(true);
      for (const vpc of region.vpcs) {
        expect(inside(vpc.rect, region.rect)).toBe(true);
        for (const door of vpc.doors) expect(inside(door.rect, region.rect)).toBe(true);
        for (const zone of vpc.zones) {
          expect(inside(zone.rect, vpc.rect)).toBe(true);
          for (const one of zone.subnets) {
            expect(inside(one.rect, zone.rect)).toBe(true);
            for (const box of one.boxes) expect(inside(box.rect, one.rect)).toBe(true);
          }
        }
      }
    }
    const all = cards(placed);
    all.forEach((a, index) => all.slice(index + 1).forEach((b) => expect(overlap(a, b)).toBe(false)));
  });

  test('the same configuration is placed the same way', () => {
    expect(layout(natDiagram(), options(width))).toEqual(layout(natDiagram(), options(width)));
  });
});

test('a door stands level with the row that leads to it', () => {
  const placed = layout(natDiagram(), options(1040));
  const vpc = placed.regions[0]?.vpcs[0];
  const table = vpc?.zones[0]?.subnets[0]?.boxes.at(-1);
  const row = table?.rows.find((one) => one.kind === 'route' && one.route.destination === '0.0.0.0/0');
  const door = vpc?.doors.find((box) => box.component === 'internetGateway/igw');
  expect(table && row ? table.rect.y + row.y + row.height / 2 : NaN).toBe((door?.rect.y ?? 0) + (door?.rows[0]?.height ?? 0) / 2);
});

test('on a phone the doors stand on the lower border of the VPC', () => {
  const placed = layout(natDiagram(), options(390));
  const vpc = placed.regions[0]?.vpcs[0];
  const first = vpc?.doors[0]?.rect;
  const last = vpc?.doors.at(-1)?.rect;
  expect(placed.upright).toBe(true);
  expect(bottom(vpc?.rect as Rect)).toBeGreaterThan(first?.y ?? Infinity);
  expect(bottom(vpc?.rect as Rect)).toBeLessThan(bottom(last as Rect));
});

test('a table without a default route shows that the rest is dropped', () => {
  const withDefault = layout(natDiagram(), options(1040));
  const diagram = natDiagram();
  const routes = diagram.regions[0]?.vpcs[0]?.routeTables[1]?.routes;
  routes?.splice(1);
  const without = layout(diagram, options(1040));
  const kinds = (placed: Layout): string[] => (placed.regions[0]?.vpcs[0]?.zones[0]?.subnets[1]?.boxes.at(-1)?.rows ?? []).map((row) => row.kind);
  expect(kinds(withDefault)).toEqual(['table', 'route', 'route']);
  expect(kinds(without)).toEqual(['table', 'route', 'rest']);
});

test('off the focus a subnet folds to one line', () => {
  const placed = layout(natDiagram([[publicSubnet, privateSubnet]]), options(1040, { focus: new Set(['subnet/private']) }));
  const [folded, full] = placed.regions[0]?.vpcs[0]?.zones[0]?.subnets ?? [];
  expect([folded?.form, folded?.rect.height, folded?.boxes.length]).toEqual(['folded', 30, 0]);
  expect(full?.form).toBe('full');
});
