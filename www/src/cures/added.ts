/** What a change added to the diagram. */

import { routeKey } from '../diagram/layout';
import type { Card, Diagram } from '../types';

/** Components by their address and routes by their key. */
function keys(diagram: Diagram): Set<string> {
  const all = new Set<string>();
  const cards = (list: readonly Card[]): void => list.forEach((card) => all.add(card.component));
  cards(diagram.internet);
  for (const region of diagram.regions) {
    cards(region.cards);
    for (const vpc of region.vpcs) {
      all.add(vpc.component);
      cards(vpc.doors);
      for (const box of [...vpc.securityGroups, ...vpc.networkAcls]) all.add(box.component);
      for (const table of vpc.routeTables) {
        all.add(table.component);
        for (const route of table.routes) all.add(routeKey(table.component, route));
      }
      for (const subnet of vpc.zones.flatMap((zone) => zone.subnets)) {
        all.add(subnet.component);
        cards(subnet.cards);
      }
    }
  }
  return all;
}

export function added(before: Diagram, after: Diagram): ReadonlySet<string> {
  const old = keys(before);
  return new Set([...keys(after)].filter((key) => !old.has(key)));
}
