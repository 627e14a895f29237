/** What belongs to what: the set that lights up when a component or a route is pointed at. */

import type { Diagram, RouteTableBox, SecurityGroupBox, SubnetBox, VpcBox } from '../types';
import { routeKey } from './layout';

function addTable(vpc: VpcBox, table: RouteTableBox, set: Set<string>): void {
  set.add(table.component);
  for (const subnet of vpc.zones.flatMap((zone) => zone.subnets)) if (subnet.routeTable === table.component) set.add(subnet.component);
}

function addSubnet(vpc: VpcBox, subnet: SubnetBox, set: Set<string>): void {
  set.add(subnet.component).add(subnet.routeTable).add(subnet.networkAcl);
  const table = vpc.routeTables.find((one) => one.component === subnet.routeTable);
  for (const route of table?.routes ?? []) {
    set.add(routeKey(subnet.routeTable, route));
    if (route.targetComponent !== null) set.add(route.targetComponent);
  }
}

/** Groups that name each other in their rules. */
function addPeers(vpc: VpcBox, group: SecurityGroupBox, set: Set<string>): void {
  const names = (one: SecurityGroupBox): string[] => [...one.ingress, ...one.egress].map((rule) => rule.peer);
  for (const other of vpc.securityGroups) if (names(group).includes(other.name) || names(other).includes(group.name)) set.add(other.component);
}

function inVpc(vpc: VpcBox, pointed: string, set: Set<string>): void {
  for (const subnet of vpc.zones.flatMap((zone) => zone.subnets)) {
    if (subnet.component === pointed) for (const card of subnet.cards) set.add(card.component);
    const isInside = subnet.cards.some((card) => card.component === pointed);
    if (subnet.component === pointed || isInside) addSubnet(vpc, subnet, set);
    if (subnet.networkAcl === pointed) set.add(subnet.component);
    for (const card of subnet.cards) {
      if (card.component === pointed) for (const group of card.securityGroups) set.add(group);
      if (card.securityGroups.includes(pointed)) set.add(card.component).add(subnet.component);
    }
  }
  for (const group of vpc.securityGroups) if (group.component === pointed) addPeers(vpc, group, set);
  for (const table of vpc.routeTables) {
    for (const route of table.routes) {
      const key = routeKey(table.component, route);
      if (key !== pointed && table.component !== pointed && route.targetComponent !== pointed) continue;
      addTable(vpc, table, set);
      set.add(key);
      if (route.targetComponent !== null) set.add(route.targetComponent);
    }
    if (table.component === pointed) addTable(vpc, table, set);
  }
}

/** The component or route itself and everything that is joined to it: components by address, routes by {@link routeKey}. */
export function related(diagram: Diagram, pointed: string): ReadonlySet<string> {
  const set = new Set<string>([pointed]);
  for (const region of diagram.regions) for (const vpc of region.vpcs) inVpc(vpc, pointed, set);
  return set;
}
