/** Where hops stand: from a decision of the answer to a row, card or frame of the layout. */

import type { Hop } from '../types';
import { right, type Point, type Rect } from './geometry';
import type { Box, Layout, Row, SubnetLayout, VpcLayout, ZoneLayout } from './layout';

export type Place =
  | { readonly kind: 'rail'; readonly subnet: SubnetLayout; readonly zone: ZoneLayout; readonly vpc: VpcLayout }
  | { readonly kind: 'door'; readonly vpc: VpcLayout }
  | { readonly kind: 'outside' }
  | { readonly kind: 'internet' };

/** A row, card or frame at which something is decided. */
export interface Anchor {
  /** Key of the row. */
  readonly key: string;
  /** Where the mark stands and the path passes. */
  readonly at: Point;
  /** What the path leaves from and arrives at. */
  readonly rect: Rect;
  readonly place: Place;
}

export class Anchors {
  readonly #byKey = new Map<string, Anchor>();
  readonly #rows = new Map<string, Row>();
  readonly #subnets = new Map<string, { subnet: SubnetLayout; zone: ZoneLayout; vpc: VpcLayout }>();
  readonly #layout: Layout;

  constructor(layout: Layout) {
    this.#layout = layout;
    for (const region of layout.regions) {
      for (const vpc of region.vpcs) {
        for (const zone of vpc.zones) for (const subnet of zone.subnets) this.#addSubnet(subnet, zone, vpc);
        for (const door of vpc.doors) this.#addFree(door, { kind: 'door', vpc });
      }
      for (const card of region.cards) this.#addFree(card, { kind: 'outside' });
    }
    for (const card of layout.internet.cards) this.#addFree(card, { kind: 'internet' });
    const { rect } = layout.internet;
    const at = layout.upright ? { x: layout.outsideLane, y: rect.y } : { x: rect.x, y: rect.y + 72 };
    this.#byKey.set('internet', { key: 'internet', at, rect, place: { kind: 'internet' } });
  }

  #addSubnet(subnet: SubnetLayout, zone: ZoneLayout, vpc: VpcLayout): void {
    const place: Place = { kind: 'rail', subnet, zone, vpc };
    const name = subnet.subnet.component;
    this.#subnets.set(name, { subnet, zone, vpc });
    if (subnet.form === 'folded') {
      const { rect } = subnet;
      this.#byKey.set(`subnet:${name}`, { key: `subnet:${name}`, at: { x: rect.x, y: rect.y + rect.height / 2 }, rect, place });
    }
    for (const box of subnet.boxes) {
      for (const row of box.rows) {
        const at = { x: subnet.form === 'full' ? subnet.railX : box.rect.x, y: box.rect.y + row.y + row.height / 2 };
        this.#rows.set(row.key, row);
        this.#byKey.set(row.key, { key: row.key, at, rect: box.rect, place });
      }
    }
  }

  #addFree(box: Box, place: Place): void {
    const head = box.rows[0];
    if (!head) return;
    const y = box.rect.y + head.height / 2;
    const x = this.#layout.upright && place.kind === 'door' ? right(box.rect) : box.rect.x;
    this.#rows.set(head.key, head);
    this.#byKey.set(box.key, { key: box.key, at: { x, y }, rect: box.rect, place });
  }

  get(key: string): Anchor | undefined {
    return this.#byKey.get(key);
  }

  /** The anchor of a hop; `start` is the subnet in which its path starts, `owner` the component whose interface the packet met last. */
  ofHop(hop: Hop, start: string | null, owner: string | null): Anchor | undefined {
    const subnet = hop.subnet ?? start;
    const inSubnet = subnet === null ? undefined : this.#inSubnet(hop, subnet, owner);
    if (inSubnet) return inSubnet;
    const free = this.#byKey.get(`door:${hop.component}`) ?? this.#byKey.get(`outside:${hop.component}`);
    if (free) return free;
    if (hop.component.startsWith('internet/')) return this.#byKey.get('internet');
    return this.#firstKey('card:', `:${hop.component}`);
  }

  #inSubnet(hop: Hop, subnet: string, owner: string | null): Anchor | undefined {
    const kind = hop.component.slice(0, hop.component.indexOf('/'));
    const folded = hop.subnet === null ? undefined : this.#byKey.get(`subnet:${subnet}`);
    if (folded) return folded;
    switch (kind) {
      case 'securityGroup':
        return (
          this.#byKey.get(`group:${subnet}:${owner ?? ''}:${hop.component}`) ??
          this.#firstKey(`group:${subnet}:`, `:${hop.component}`) ??
          (owner === null ? undefined : this.#byKey.get(`card:${subnet}:${owner}`))
        );
      case 'networkAcl':
        return this.#byKey.get(`acl:${subnet}`) ?? this.#byKey.get(`table:${subnet}`);
      case 'routeTable':
        return this.#byKey.get(this.routeRow(hop, subnet) ?? `table:${subnet}`);
      default:
        return this.#byKey.get(`card:${subnet}:${hop.component}`);
    }
  }

  #firstKey(start: string, end: string): Anchor | undefined {
    for (const [key, anchor] of this.#byKey) if (key.startsWith(start) && key.endsWith(end)) return anchor;
    return undefined;
  }

  /** Key of the row that decides a hop of a route table. */
  routeRow(hop: Hop, subnet: string): string | undefined {
    let rest: string | undefined;
    let best: string | undefined;
    for (const [key, row] of this.#rows) {
      if (row.kind === 'rest' && key === `rest:${subnet}`) rest = key;
      if (row.kind !== 'route' || !key.startsWith(`route:${subnet}:`)) continue;
      if (hop.pointer !== null && row.route.pointer === hop.pointer) return key;
      if (hop.detail.startsWith(`${row.route.destination} `)) best ??= key;
    }
    return best ?? rest;
  }
}
