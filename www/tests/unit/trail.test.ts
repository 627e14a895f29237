import { describe, expect, test } from 'vitest';

import { layout, type Options } from '../../src/diagram/layout';
import { markLabel, trail } from '../../src/diagram/trail';
import { check, hop, natDiagram, natHops, privateSubnet, publicSubnet } from './fixture';

const options = (width: number): Options => ({ width, show: { routes: true, acls: true, groups: true }, focus: null, unfolded: new Set(), outside: [] });

const marks = (found: ReturnType<typeof trail>): Record<string, string> =>
  Object.fromEntries(found.marks.map((mark) => [mark.label, mark.form]));

/** The straight stretches of an SVG path. */
function stretches(data: string): [number, number, number, number][] {
  const found: [number, number, number, number][] = [];
  let [x, y] = [0, 0];
  for (const [, command, text] of data.matchAll(/([MLA])([^MLA]*)/g)) {
    const [toX, toY] = (text ?? '').trim().split(' ').map(Number).slice(-2) as [number, number];
    if (command === 'L') found.push([x, y, toX, toY]);
    [x, y] = [toX, toY];
  }
  return found;
}

describe('a mark', () => {
  test.each([
    [[4], '', '4'],
    [[1, 2, 3], '', '1–3'],
    [[5, 7], '', '5·7'],
    [[1, 2], 'B', 'B1–2'],
  ])('for hops %j says %s%s', (hops, letter, label) => {
    expect(markLabel(hops, letter)).toBe(label);
  });
});

describe('a path that arrives', () => {
  const found = trail(check(natHops), layout(natDiagram(), options(1040)));

  test('has one mark for each place, and decides twice at the ACL of the NAT gateway', () => {
    expect(marks(found)).toEqual({ '1': 'hollow', '2': 'hollow', '3': 'hollow', '4': 'hollow', '5·7': 'hollow', '6': 'hollow', '8': 'hollow', '9': 'hollow', '10': 'end' });
  });

  test('is one line and its reply, and nothing is dropped', () => {
    expect(found.lines.map((line) => [line.form, line.tone])).toEqual([['run', 'pass'], ['reply', 'pass']]);
    expect(found.diamonds).toEqual([]);
  });

  test('moves its packet onwards with every hop until the answer', () => {
    const stops = found.packets[0]?.stops.slice(0, 4) ?? [];
    expect(stops).toEqual([...stops].sort((a, b) => a - b));
    expect(new Set(stops).size).toBe(4);
    expect(found.packets[0]?.stops[9]).toBe(Math.max(...(found.packets[0]?.stops ?? [])));
  });

  test('leaves each table from the row that matched', () => {
    expect(found.places.get(3)).toBe('route:subnet/private:1');
    expect(found.places.get(7)).toBe('route:subnet/public:1');
  });
});

describe('a path that is dropped at a gateway', () => {
  const hops = [...natHops.slice(0, 8), hop(9, 'internetGateway/igw', null, { action: 'drops', code: 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS' })];
  const found = trail(check(hops, [{ fate: 'dropped' }]), layout(natDiagram(), options(1040)));

  test('ends in an octagon, with the packet before it', () => {
    expect(marks(found)['9']).toBe('drop');
    expect(found.diamonds).toHaveLength(1);
    expect(found.touched.get('door:internetGateway/igw')).toMatchObject({ drops: true, tone: 'fail' });
  });

  test('shows where it would have gone, and no reply', () => {
    expect(found.lines.map((line) => line.form)).toEqual(['run', 'lost']);
  });
});

test('a table without a matching route drops at its last row', () => {
  const diagram = natDiagram();
  diagram.regions[0]?.vpcs[0]?.routeTables[1]?.routes.splice(1);
  const hops = [...natHops.slice(0, 3), hop(4, 'routeTable/private', 'private', { action: 'drops', code: 'NO_ROUTE_TO_DESTINATION' })];
  const found = trail(check(hops, [{ fate: 'dropped' }]), layout(diagram, options(1040)));
  expect(found.places.get(3)).toBe('rest:subnet/private');
  expect(marks(found)['4']).toBe('drop');
});

test('a reply that is dropped walks back as far as it gets', () => {
  const hops = [...natHops.slice(0, 10), hop(11, 'networkAcl/acl', 'public', { direction: 'reply', action: 'drops', code: 'SUBNET_ACL_RESTRICTION' })];
  const found = trail(check(hops, [{ fate: 'dropped' }]), layout(natDiagram(), options(1040)));
  expect(found.lines.map((line) => [line.form, line.tone])).toEqual([['run', 'fail'], ['reply', 'fail']]);
  expect(marks(found)['11']).toBe('drop');
});

test('a reply that the gateway’s own table drops ends at the gateway', () => {
  const hops = [...natHops.slice(0, 10), hop(11, 'routeTable/edge', null, { direction: 'reply', action: 'drops', code: 'ASYMMETRIC_STATEFUL_PATH' })];
  const found = trail(check(hops, [{ fate: 'dropped' }]), layout(natDiagram(), options(1040)));
  expect(found.places.get(10)).toBe('door:internetGateway/igw');
});

test('a reply that takes another way than the packet is drawn on that way', () => {
  const [first] = natHops;
  const out = [
    { ...first, component: 'natGateway/nat', subnet: 'subnet/public', action: 'starts' as const },
    hop(2, 'routeTable/public', 'public', { action: 'routes', pointer: '/routeTables/public/routes/0', detail: '0.0.0.0/0 → igw' }),
    hop(3, 'internetGateway/igw', null, { action: 'forwards' }),
    hop(4, 'bucket/photos', null, { action: 'answers' }),
  ] as typeof natHops;
  const reply = (subnet: string): string => {
    const found = trail(check([...out, hop(5, 'networkAcl/acl', subnet, { direction: 'reply' })], [{ subnet: 'subnet/public' }]), layout(natDiagram(), options(1040)));
    return found.lines.find((line) => line.form === 'reply')?.data ?? '';
  };
  const placed = layout(natDiagram(), options(1040));
  const rails = placed.regions[0]?.vpcs[0]?.zones[0]?.subnets.map((one) => one.rect) ?? [];
  const passes = (data: string, rect: { y: number; height: number }): boolean => stretches(data).some(([, , , y]) => y > rect.y && y < rect.y + rect.height);
  const inside = rails[1];
  if (!inside) throw new Error('no private subnet');
  expect(passes(reply('private'), inside)).toBe(true);
  expect(passes(reply('public'), inside)).toBe(false);
});

test('two paths keep their letters, and where both pass the marks do not cover each other', () => {
  const second = natHops.map((one) => ({ ...one, path: 1 }));
  const both = check([...natHops, ...second], [{ hopCount: natHops.length }, { firstHop: natHops.length, hopCount: natHops.length, fate: 'dropped' }]);
  const found = trail(both, layout(natDiagram(), options(1040)));
  const at = found.marks.map((mark) => `${mark.at.x},${mark.at.y}`);
  expect(new Set(at).size).toBe(at.length);
  expect(found.marks.every((mark) => /^[AB]/.test(mark.label))).toBe(true);
});

test.each([
  ['one column', [[publicSubnet, privateSubnet]]],
  ['the NAT gateway in the column to the left', [[publicSubnet], [privateSubnet]]],
  ['the NAT gateway in the column to the right', [[privateSubnet], [publicSubnet]]],
  ['the NAT gateway two columns away', [[publicSubnet], [], [privateSubnet]]],
])('%s: lines turn only at right angles and stay on the canvas', (_, zones) => {
  for (const width of [390, 800, 1040, 1600]) {
    const placed = layout(natDiagram(zones), options(width));
    for (const line of trail(check(natHops), placed).lines) {
      expect(stretches(line.data).length).toBeGreaterThan(3);
      for (const [fromX, fromY, toX, toY] of stretches(line.data)) {
        expect(fromX === toX || fromY === toY).toBe(true);
        expect(Math.min(fromX, fromY, toX, toY)).toBeGreaterThanOrEqual(0);
        expect(Math.max(fromX, toX)).toBeLessThanOrEqual(width);
        expect(Math.max(fromY, toY)).toBeLessThanOrEqual(placed.height);
      }
    }
  }
});
