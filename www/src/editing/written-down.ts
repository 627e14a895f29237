/** Components that AWS made by itself, as the engine sees them, written as the document would have them. */

import type { Diagram, NetworkAclBox, RuleRow } from '../types';
import { kindOf, nameOf } from '../words';
import type { Value } from './document';

export interface WrittenDown {
  readonly component: string;
  readonly value: Value;
}

const aclRule = (row: RuleRow): Value => ({
  ruleNumber: row.number,
  action: row.allow ? 'allow' : 'deny',
  ...(row.protocol === 'all' ? {} : { protocol: row.protocol }),
  ...(row.ports === '' ? {} : { port: row.ports }),
  cidr: row.peer,
});

const aclValue = (acl: NetworkAclBox): object => ({ isDefault: true, ingress: acl.ingress.map(aclRule), egress: acl.egress.map(aclRule) });

/** Null for what the diagram does not have either. */
export function writtenDown(diagram: Diagram, component: string): WrittenDown | null {
  const vpcs = diagram.regions.flatMap((region) => region.vpcs);
  for (const vpc of vpcs) {
    const of = vpcs.length > 1 ? { vpc: vpc.name } : {};
    const clean = (kind: string): string => `${kind}/${nameOf(component).replace(/[^\w.-]+/g, '-')}`;
    switch (kindOf(component)) {
      case 'routeTable':
        if (vpc.routeTables.some((table) => table.component === component)) return { component: clean('routeTable'), value: { main: true, ...of, routes: [] } };
        break;
      case 'networkAcl': {
        const acl = vpc.networkAcls.find((one) => one.component === component);
        if (acl) return { component: clean('networkAcl'), value: { ...of, ...aclValue(acl) } };
        break;
      }
      case 'securityGroup':
        if (vpc.securityGroups.some((group) => group.component === component)) {
          return { component: clean('securityGroup'), value: { isDefault: true, ...of, ingress: [{ peer: nameOf(clean('securityGroup')) }] } };
        }
        break;
      default:
    }
  }
  return null;
}
