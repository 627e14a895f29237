/** What belongs to what: the set that lights up when a component is pointed at. */

import type { Diagram, SubnetBox, VpcBox } from '../types';

function ofSubnet(subnet: SubnetBox, set: Set<string>): void {
  set.add(subnet.component).add(subnet.routeTable).add(subnet.networkAcl);
}

function inVpc(vpc: VpcBox, component: string, set: Set<string>): void {
  const subnets = vpc.zones.flatMap((zone) => zone.subnets);
  for (const subnet of subnets) {
    const card = subnet.cards.find((one) => one.component === component);
    if (card) {
      ofSubnet(subnet, set);
      for (const group of card.securityGroups) set.add(group);
    }
    if (subnet.component === component) {
      ofSubnet(subnet, set);
      for (const one of subnet.cards) set.add(one.component);
    }
    if (subnet.routeTable === component || subnet.networkAcl === component) set.add(subnet.component);
    for (const one of subnet.cards) if (one.securityGroups.includes(component)) set.add(one.component);
  }
  for (const table of vpc.routeTables) {
    for (const route of table.routes) {
      if (table.component === component && route.targetComponent !== null) set.add(route.targetComponent);
      if (route.targetComponent === component) set.add(table.component);
    }
  }
}

/** The component itself and everything that is joined to it. */
export function related(diagram: Diagram, component: string): ReadonlySet<string> {
  const set = new Set<string>([component]);
  for (const region of diagram.regions) for (const vpc of region.vpcs) inVpc(vpc, component, set);
  return set;
}
