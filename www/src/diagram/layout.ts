/**
 * Where each box stands. Placement follows the configuration and the room there is, never the answer,
 * so that nothing moves when only the answer changes.
 */

import type { Card, Diagram, NetworkAclBox, RegionBox, RouteRow, RouteTableBox, SecurityGroupBox, SubnetBox, VpcBox, ZoneBox } from '../types';
import { bottom, type Rect } from './geometry';

export interface Show {
  readonly routes: boolean;
  readonly acls: boolean;
  readonly groups: boolean;
}

export interface Options {
  /** Room in CSS pixels. */
  readonly width: number;
  readonly show: Show;
  /** Addresses of subnets that keep their full size while the others fold; null: none folds. */
  readonly focus: ReadonlySet<string> | null;
  /** Subnets and tiers that a person unfolded. */
  readonly unfolded: ReadonlySet<string>;
  /** How many paths pass the same subnet, at most. */
  readonly paths?: number;
  /** What the question adds outside: services and addresses that the document does not have. */
  readonly outside: readonly Card[];
}

interface RowBase {
  readonly key: string;
  readonly component: string;
  readonly y: number;
  readonly height: number;
}

export type Row = RowBase &
  (
    | { readonly kind: 'owner'; readonly card: Card }
    | { readonly kind: 'group'; readonly group: SecurityGroupBox | null }
    | { readonly kind: 'acl'; readonly acl: NetworkAclBox }
    | { readonly kind: 'table'; readonly table: RouteTableBox }
    | { readonly kind: 'route'; readonly route: RouteRow }
    | { readonly kind: 'rest'; readonly more: number }
    | { readonly kind: 'strip' }
  );

/** A card: one opaque rectangle with rows. */
export interface Box {
  readonly key: string;
  readonly component: string;
  readonly rect: Rect;
  readonly rows: readonly Row[];
}

export interface SubnetLayout {
  readonly subnet: SubnetBox;
  readonly rect: Rect;
  readonly form: 'full' | 'quiet' | 'folded';
  readonly railX: number;
  readonly boxes: readonly Box[];
}

/** Subnets of a zone with the same route table, folded to one line. */
export interface TierLayout {
  readonly key: string;
  readonly routeTable: string;
  readonly public: boolean;
  readonly count: number;
  /** Whether its subnets stand below it, a line each. */
  readonly open: boolean;
  readonly rect: Rect;
}

export interface ZoneLayout {
  readonly zone: ZoneBox;
  readonly rect: Rect;
  readonly headed: boolean;
  readonly column: number;
  readonly line: number;
  readonly subnets: readonly SubnetLayout[];
  readonly tiers: readonly TierLayout[];
}

export interface VpcLayout {
  readonly vpc: VpcBox;
  readonly rect: Rect;
  readonly zones: readonly ZoneLayout[];
  readonly doors: readonly Box[];
  readonly columns: number;
  /** Free horizontal room below each line of zones. */
  readonly channels: readonly number[];
  /** Free vertical room before the doors. */
  readonly doorLane: number;
}

export interface RegionLayout {
  readonly region: RegionBox;
  readonly rect: Rect;
  readonly vpcs: readonly VpcLayout[];
  readonly cards: readonly Box[];
}

export interface Layout {
  /** Doors below the VPC instead of beside it, and one column. */
  readonly upright: boolean;
  readonly compact: boolean;
  /** Width of the lane on the left of each subnet, where the path runs. */
  readonly rail: number;
  readonly width: number;
  readonly height: number;
  readonly regions: readonly RegionLayout[];
  readonly internet: { readonly rect: Rect; readonly cards: readonly Box[]; readonly slim: boolean };
  /** Free vertical room before what stands outside the VPC. */
  readonly outsideLane: number;
}

interface Metrics {
  readonly header: number;
  readonly owner: number;
  /** Height of a name beside the VPC or outside it, where the words below may take two lines. */
  readonly free: number;
  readonly low: number;
  readonly route: number;
  readonly gap: number;
  readonly strip: number;
  readonly rail: number;
  readonly pad: number;
}

/** Where several paths pass one subnet, and their marks need room. */
const WIDE_RAIL = 60;
const WIDEST_RAIL = 98;

const ROOMY: Metrics = { header: 36, owner: 48, free: 52, low: 34, route: 24, gap: 20, strip: 24, rail: 44, pad: 12 };
const COMPACT: Metrics = { header: 34, owner: 44, free: 56, low: 30, route: 24, gap: 12, strip: 24, rail: 44, pad: 8 };

/** Below this the doors stand under the VPC: beside it there is no room for a readable subnet. */
const UPRIGHT_BELOW = 640;
const COMPACT_BELOW = 860;
const ZONE_GAP = 12;
const MIN_COLUMN = 236;
const MAX_COLUMN = 488;
/** Routes that a card shows in the diagram; the text has them all. */
const ROUTES = 8;

/** Names a route among all. */
export const routeKey = (table: string, route: RouteRow): string => `${table} ${route.destination}`;

const isDefaultRoute = (route: RouteRow): boolean => route.destination === '0.0.0.0/0';

/** Stacks rows into a card. */
class Rows {
  readonly list: Row[] = [];
  height = 0;

  add<Kind extends Row['kind']>(kind: Kind, key: string, component: string, height: number, more: Omit<Extract<Row, { kind: Kind }>, keyof RowBase | 'kind'>): void {
    this.list.push({ kind, key, component, height, y: this.height, ...more } as unknown as Row);
    this.height += height;
  }
}

function ownerRows(card: Card, where: string, vpc: VpcBox | null, options: Options, metrics: Metrics, strip: boolean): Rows {
  const rows = new Rows();
  rows.add('owner', `card:${where}:${card.component}`, card.component, strip ? metrics.free : metrics.owner, { card });
  if (options.show.groups && vpc) {
    for (const component of card.securityGroups) {
      const group = vpc.securityGroups.find((box) => box.component === component) ?? null;
      rows.add('group', `group:${where}:${card.component}:${component}`, component, metrics.low, { group });
    }
  }
  if (strip) rows.add('strip', `strip:${card.component}`, card.component, metrics.strip, {});
  return rows;
}

function tableRows(rows: Rows, table: RouteTableBox, where: string, options: Options, metrics: Metrics): void {
  rows.add('table', `table:${where}`, table.component, metrics.low, { table });
  if (!options.show.routes) return;
  const shown = table.routes.slice(0, ROUTES);
  shown.forEach((route, index) => {
    rows.add('route', `route:${where}:${index}`, table.component, metrics.route, { route });
  });
  const more = table.more + table.routes.length - shown.length;
  if (more > 0 || !table.routes.some(isDefaultRoute)) {
    rows.add('rest', `rest:${where}`, table.component, metrics.route, { more });
  }
  rows.height += 4;
}

/** A subnet in full carries everything a packet meets there; a quiet one only has things that nobody asks about. */
function isFull(subnet: SubnetBox, options: Options): boolean {
  if (options.focus?.has(subnet.component)) return true;
  return subnet.cards.some((card) => !card.component.startsWith('networkInterface/'));
}

const isFolded = ({ component }: SubnetBox, { focus, unfolded }: Options): boolean => focus !== null && !focus.has(component) && !unfolded.has(component);

/** Height of what is folded, and the fewest subnets that fold together. */
const LINE = 30;
const TIER = 3;

const tierKey = (zone: ZoneBox, subnet: SubnetBox): string => `tier:${zone.name}:${subnet.public}:${subnet.routeTable}`;

function placeSubnet(subnet: SubnetBox, vpc: VpcBox, x: number, y: number, width: number, options: Options, metrics: Metrics, compact: boolean): SubnetLayout {
  const railX = x + metrics.rail / 2;
  if (isFolded(subnet, options)) return { subnet, form: 'folded', railX, boxes: [], rect: { x, y, width, height: LINE } };
  const full = isFull(subnet, options);
  const left = x + (full ? metrics.rail : 12);
  const inner = x + width - metrics.pad - left;
  const boxes: Box[] = [];
  let top = y + metrics.header;
  const push = (key: string, component: string, rows: Rows): void => {
    boxes.push({ key, component, rows: rows.list, rect: { x: left, y: top, width: inner, height: rows.height } });
    top += rows.height + metrics.gap;
  };
  for (const card of subnet.cards) {
    push(`card:${subnet.component}:${card.component}`, card.component, ownerRows(card, subnet.component, vpc, options, metrics, false));
  }
  const acl = vpc.networkAcls.find((box) => box.component === subnet.networkAcl);
  const table = vpc.routeTables.find((box) => box.component === subnet.routeTable);
  if (full) {
    const rows = new Rows();
    if (acl && options.show.acls) {
      rows.add('acl', `acl:${subnet.component}`, acl.component, metrics.low, { acl });
      if (!compact) push(`aclcard:${subnet.component}`, acl.component, rows);
    }
    const last = compact ? rows : new Rows();
    if (table) tableRows(last, table, subnet.component, options, metrics);
    if (last.list.length > 0) push(`tablecard:${subnet.component}`, table?.component ?? subnet.routeTable, last);
  } else {
    top += boxes.length > 0 ? 28 - metrics.gap : metrics.gap + 16;
  }
  const height = Math.max(top - metrics.gap + 12, y + metrics.header + 8) - y;
  return { subnet, form: full ? 'full' : 'quiet', railX, boxes, rect: { x, y, width, height } };
}

function placeZone(zone: ZoneBox, vpc: VpcBox, x: number, y: number, width: number, options: Options, metrics: Metrics, headed: boolean, column: number, line: number, compact: boolean): ZoneLayout {
  const side = headed ? ZONE_GAP : 0;
  const subnets: SubnetLayout[] = [];
  const tiers: TierLayout[] = [];
  let top = y + (headed ? 34 : 0);
  const place = (subnet: SubnetBox, indent = 0): void => {
    const placed = placeSubnet(subnet, vpc, x + side + indent, top, width - 2 * side - indent, options, metrics, compact);
    subnets.push(placed);
    top = bottom(placed.rect) + (placed.form === 'folded' ? 6 : 16);
  };
  for (const subnet of zone.subnets) {
    const key = tierKey(zone, subnet);
    const members = isFolded(subnet, options) ? zone.subnets.filter((one) => isFolded(one, options) && tierKey(zone, one) === key) : [];
    if (members.length < TIER) place(subnet);
    else if (!tiers.some((tier) => tier.key === key)) {
      const open = options.unfolded.has(key);
      tiers.push({ key, routeTable: subnet.routeTable, public: subnet.public, count: members.length, open, rect: { x: x + side, y: top, width: width - 2 * side, height: LINE } });
      top += LINE + 6;
      if (open) for (const member of members) place(member, 12);
    }
  }
  const height = Math.max(top - 16 + side, y + 44) - y;
  return { zone, headed, column, line, subnets, tiers, rect: { x, y, width, height } };
}

/** The card of what stands outside the subnets; its strip says what it decides. */
function freeBox(where: 'door' | 'outside', card: Card, x: number, y: number, width: number, metrics: Metrics, options: Options): Box {
  const rows = ownerRows(card, where, null, options, metrics, true);
  return { key: `${where}:${card.component}`, component: card.component, rows: rows.list, rect: { x, y, width, height: rows.height } };
}

/** Rows in which a table names a door, from the column next to the doors first. */
function wantedY(zones: readonly ZoneLayout[], columns: number, channels: readonly number[], component: string): number | null {
  let below: number | null = null;
  for (const zone of zones) {
    for (const subnet of zone.subnets) {
      for (const box of subnet.boxes) {
        for (const row of box.rows) {
          if (row.kind !== 'route' || row.route.targetComponent !== component) continue;
          if (zone.column === columns - 1) return box.rect.y + row.y + row.height / 2;
          below ??= channels[zone.line] ?? null;
        }
      }
    }
  }
  return below;
}

/** Puts boxes where they want to stand, in order, without overlap. */
function stack<T>(items: readonly { item: T; wanted: number | null; height: number }[], top: number, gap: number): { item: T; y: number }[] {
  const placed: { item: T; y: number }[] = [];
  const anchored = items.filter((entry) => entry.wanted !== null).sort((a, b) => (a.wanted ?? 0) - (b.wanted ?? 0));
  const loose = items.filter((entry) => entry.wanted === null);
  let y = top;
  const first = anchored[0]?.wanted ?? Infinity;
  while (loose[0] && y + loose[0].height + gap <= first) {
    const entry = loose.shift();
    if (!entry) break;
    placed.push({ item: entry.item, y });
    y += entry.height + gap;
  }
  for (const entry of [...anchored, ...loose]) {
    y = Math.max(y, entry.wanted ?? y);
    placed.push({ item: entry.item, y });
    y += entry.height + gap;
  }
  return placed;
}

interface Columns {
  readonly vpcX: number;
  readonly zonesX: number;
  readonly zonesRight: number;
  readonly doorX: number;
  readonly doorWidth: number;
}

function placeVpc(vpc: VpcBox, y: number, columns: Columns, options: Options, metrics: Metrics, compact: boolean): VpcLayout {
  const room = columns.zonesRight - columns.zonesX;
  const many = vpc.zones.length > 1;
  const count = Math.max(1, Math.min(vpc.zones.length, Math.floor((room + ZONE_GAP) / (MIN_COLUMN + ZONE_GAP))));
  const width = (room - (count - 1) * ZONE_GAP) / count;
  const headed = many || (!compact && vpc.zones.some((zone) => zone.name !== ''));
  const zones: ZoneLayout[] = [];
  const channels: number[] = [];
  let top = y + 40;
  for (let line = 0; line * count < vpc.zones.length; line += 1) {
    const members = vpc.zones.slice(line * count, (line + 1) * count);
    const placed = members.map((zone, column) =>
      placeZone(zone, vpc, Math.round(columns.zonesX + column * (width + ZONE_GAP)), top, Math.floor(width), options, metrics, headed, column, line, compact),
    );
    const height = Math.max(...placed.map((zone) => zone.rect.height));
    zones.push(...placed.map((zone) => ({ ...zone, rect: { ...zone.rect, height } })));
    channels.push(top + height + 14);
    top += height + (many ? 40 : ZONE_GAP);
  }
  const inside = Math.max(top + (many ? -8 : 4), y + 100);
  const doorHeight = metrics.free + metrics.strip;
  const doors = stack(
    vpc.doors.map((card) => {
      const wanted = wantedY(zones, count, channels, card.component);
      return { item: card, wanted: wanted === null ? null : wanted - metrics.free / 2, height: doorHeight };
    }),
    y + 48,
    16,
  ).map(({ item, y: doorY }) => freeBox('door', item, columns.doorX, doorY, columns.doorWidth, metrics, options));
  const vpcRight = doors.length > 0 ? columns.doorX + columns.doorWidth / 2 : columns.zonesRight + 15;
  const vpcBottom = Math.max(inside, ...doors.map((door) => bottom(door.rect) + 16));
  return {
    vpc,
    zones,
    doors,
    columns: count,
    channels,
    doorLane: columns.zonesRight + (compact ? 10 : 18),
    rect: { x: columns.vpcX, y, width: vpcRight - columns.vpcX, height: vpcBottom - y },
  };
}

/** The door beside which a card outside wants to stand: its own endpoint, else the way to the Internet. */
function facing(card: Card, vpcs: readonly VpcLayout[]): number | null {
  const doors = vpcs.flatMap((vpc) => vpc.doors);
  const isS3 = card.component.startsWith('bucket/');
  const owner = (box: Box): Card | null => (box.rows[0]?.kind === 'owner' ? box.rows[0].card : null);
  const endpoint = doors.find((door) => isS3 && owner(door)?.detail?.endsWith('.s3'));
  const gateway = doors.find((door) => door.component.startsWith('internetGateway/'));
  return (endpoint ?? gateway ?? doors[0])?.rect.y ?? null;
}

function metricsOf(diagram: Diagram, compact: boolean, paths = 1): Metrics {
  const metrics = compact ? COMPACT : ROOMY;
  const cards = diagram.regions.flatMap((region) => region.vpcs.flatMap((vpc) => vpc.zones.flatMap((zone) => zone.subnets.flatMap((subnet) => subnet.cards))));
  // With interfaces in several subnets it happens easily, and the diagram keeps its shape when it does.
  const alone = diagram.regions.every((region) => region.vpcs.every((vpc) => vpc.zones.length < 2));
  if (paths > 2 && alone) return { ...metrics, rail: WIDEST_RAIL };
  return paths > 1 || cards.some((card) => card.interfaces > 1) ? { ...metrics, rail: WIDE_RAIL } : metrics;
}

function placeBeside(diagram: Diagram, options: Options): Layout {
  const compact = options.width < COMPACT_BELOW;
  const metrics = metricsOf(diagram, compact, options.paths);
  const zones = Math.max(1, ...diagram.regions.flatMap((region) => region.vpcs.map((vpc) => vpc.zones.length)));
  const many = zones > 1;
  const outer = compact ? 12 : 16;
  const slim = compact;
  const internetWidth = diagram.internet.length > 0 ? 148 : slim ? 32 : many ? 60 : 76;
  const outsideWidth = compact ? 122 : 128;
  const doorWidth = compact ? 158 : 168;
  const spaces = {
    internet: compact ? 8 : 20,
    edge: compact ? 10 : 17,
    outside: compact ? 26 : many ? 36 : 48,
    doors: compact ? 32 : many ? 28 : 40,
    vpc: compact ? 10 : 23,
    zones: compact ? 8 : 15,
  };
  const rest = 2 * outer + internetWidth + spaces.internet + spaces.edge + outsideWidth + spaces.outside + doorWidth + spaces.doors + spaces.vpc + spaces.zones;
  const room = Math.min(options.width - rest, zones * MAX_COLUMN + (zones - 1) * ZONE_GAP);
  const x = Math.max(outer, Math.floor((options.width - rest - room) / 2) + outer);
  const vpcX = x + spaces.vpc;
  const zonesX = vpcX + spaces.zones;
  const zonesRight = zonesX + room;
  const doorX = zonesRight + spaces.doors;
  const outsideX = doorX + doorWidth + spaces.outside;
  const regionRight = outsideX + outsideWidth + spaces.edge;
  const regions: RegionLayout[] = [];
  const [home, ...others] = diagram.regions;
  let y = 12;
  if (home) {
    const vpcs: VpcLayout[] = [];
    let top = y + 40;
    for (const vpc of home.vpcs) {
      const placed = placeVpc(vpc, top, { vpcX, zonesX, zonesRight, doorX, doorWidth }, options, metrics, compact);
      vpcs.push(placed);
      top = bottom(placed.rect) + 20;
    }
    const outside = [...home.cards, ...options.outside.filter((card) => card.component.startsWith('service/'))];
    const cards = stack(
      outside.map((card) => ({
        item: card,
        wanted: card.component.startsWith('function/') ? null : facing(card, vpcs),
        height: metrics.free + metrics.strip,
      })),
      y + 48,
      20,
    ).map(({ item, y: cardY }) => freeBox('outside', item, outsideX, cardY, outsideWidth, metrics, options));
    const end = Math.max(top, ...cards.map((card) => bottom(card.rect) + 20), y + 100);
    regions.push({ region: home, vpcs, cards, rect: { x, y, width: regionRight - x, height: end - y } });
    y = end + 16;
  }
  for (const region of others) {
    const cards: Box[] = [];
    let top = y + 40;
    for (const card of region.cards) {
      const box = freeBox('outside', card, outsideX, top, outsideWidth, metrics, options);
      cards.push(box);
      top = bottom(box.rect) + 12;
    }
    const frameX = outsideX - spaces.edge;
    regions.push({ region, vpcs: [], cards, rect: { x: frameX, y, width: regionRight - frameX, height: top - y } });
    y = top + 16;
  }
  const bottomY = Math.max(y - 16, 112);
  const internetX = regionRight + spaces.internet;
  const addresses = options.outside.filter((card) => !card.component.startsWith('service/'));
  const gatewayY = regions[0]?.vpcs.flatMap((vpc) => vpc.doors)[0]?.rect.y ?? null;
  const named = addresses.filter((card) => card.component !== 'internet/' && card.name !== '');
  const hosts = stack(
    [...diagram.internet, ...(diagram.internet.length > 0 ? named : [])].map((card) => ({ item: card, wanted: gatewayY, height: metrics.free + metrics.strip })),
    64,
    16,
  ).map(({ item, y: hostY }) => freeBox('outside', item, internetX + 12, hostY, internetWidth - 24, metrics, options));
  const end = Math.max(bottomY, ...hosts.map((host) => bottom(host.rect) + 16));
  return {
    upright: false,
    rail: metrics.rail,
    compact,
    width: options.width,
    height: end + 12,
    regions,
    internet: { rect: { x: internetX, y: 12, width: internetWidth, height: end - 12 }, cards: hosts, slim: internetWidth < 60 },
    outsideLane: outsideX - spaces.outside / 2 - 4,
  };
}

/** One column: zones stack, doors stand on the lower border, a lane on the right is kept free. */
function placeBelow(diagram: Diagram, options: Options): Layout {
  const metrics = metricsOf(diagram, true, options.paths);
  const outer = 8;
  const lane = 36;
  const x = outer;
  const width = options.width - 2 * outer;
  const vpcX = x + 7;
  const vpcWidth = width - 14;
  const cardWidth = Math.min(230, vpcWidth - lane - 34);
  const cardX = vpcX + vpcWidth - lane - cardWidth;
  const regions: RegionLayout[] = [];
  let y = 8;
  for (const region of diagram.regions) {
    const vpcs: VpcLayout[] = [];
    const isHome = region === diagram.regions[0];
    let top = y + 34;
    for (const vpc of region.vpcs) {
      const many = vpc.zones.length > 1;
      const zones: ZoneLayout[] = [];
      let inside = top + 34;
      vpc.zones.forEach((zone, line) => {
        const headed = many;
        const placed = placeZone(zone, vpc, vpcX + 7, inside, vpcWidth - 14 - lane + (headed ? 12 : 0), options, metrics, headed, 0, line, true);
        zones.push(placed);
        inside = bottom(placed.rect) + 10;
      });
      let doorY = inside + 4;
      const doors = vpc.doors.map((card) => {
        const box = freeBox('door', card, cardX, doorY, cardWidth, metrics, options);
        doorY = bottom(box.rect) + 12;
        return box;
      });
      const first = doors[0];
      const last = doors.at(-1);
      const end = first && last ? (first.rect.y + bottom(last.rect)) / 2 : inside;
      vpcs.push({
        vpc,
        zones,
        doors,
        columns: 1,
        channels: zones.map((zone) => bottom(zone.rect) + 4),
        doorLane: vpcX + vpcWidth - lane + 18,
        rect: { x: vpcX, y: top, width: vpcWidth, height: Math.max(end, top + 60) - top },
      });
      top = Math.max(end, last ? bottom(last.rect) : 0) + 20;
    }
    const outside = isHome ? [...region.cards, ...options.outside.filter((card) => card.component.startsWith('service/'))] : region.cards;
    const cards = outside.map((card) => {
      const box = freeBox('outside', card, cardX, top, cardWidth, metrics, options);
      top = bottom(box.rect) + 12;
      return box;
    });
    regions.push({ region, vpcs, cards, rect: { x, y, width, height: top - y } });
    y = top + 10;
  }
  const addresses = options.outside.filter((card) => !card.component.startsWith('service/') && card.name !== '');
  const hosts: Box[] = [];
  let top = y + 34;
  for (const card of diagram.internet.length > 0 ? [...diagram.internet, ...addresses] : []) {
    const box = freeBox('outside', card, cardX, top, cardWidth, metrics, options);
    hosts.push(box);
    top = bottom(box.rect) + 12;
  }
  return {
    upright: true,
    rail: metrics.rail,
    compact: true,
    width: options.width,
    height: top + 8,
    regions,
    internet: { rect: { x, y, width, height: top - y }, cards: hosts, slim: false },
    outsideLane: cardX - 18,
  };
}

export function layout(diagram: Diagram, options: Options): Layout {
  return options.width < UPRIGHT_BELOW ? placeBelow(diagram, options) : placeBeside(diagram, options);
}

