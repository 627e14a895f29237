/** In which order cures stand, and what stands for them. */

import type { IconName } from '../parts/icons';
import type { Cure, CureKind } from '../types';

export type Order = 'best' | 'price' | 'smallest' | 'least';

const WORK = { small: 0, medium: 1, large: 2 } as const;

/** As the core ranks them, or by one of their sides; where that is the same the core's order stays. */
export function inOrder(cures: readonly Cure[], order: Order): readonly Cure[] {
  const side: Record<Order, (cure: Cure) => number> = {
    best: () => 0,
    price: (cure) => cure.cost.centsPerMonth,
    smallest: (cure) => WORK[cure.work] * 1000 + cure.changes.length,
    least: (cure) => cure.opens.length,
  };
  // What breaks an expectation stays last, whatever it costs.
  return cures.toSorted((a, b) => Math.sign(a.breaks.length) - Math.sign(b.breaks.length) || side[order](a) - side[order](b));
}

const ICONS: Partial<Record<CureKind, IconName>> = {
  securityGroupRule: 'securityGroup',
  networkAclRule: 'networkAcl',
  removeSecurityGroupRule: 'securityGroup',
  removeRoute: 'routeTable',
  disassociateEndpoint: 'vpcEndpoint',
  dnsAttributes: 'name',
  privateDns: 'name',
  amazonDns: 'name',
  leaveHostedZone: 'name',
  allowName: 'name',
  hostNames: 'name',
  attachGateway: 'internetGateway',
  egressOnlyInternetGateway: 'internetGateway',
  publicAddress: 'internetGateway',
  blockPublicAccess: 'internetGateway',
  startInstance: 'instance',
  sourceDestCheck: 'instance',
  createNatInstance: 'instance',
  associateEndpoint: 'vpcEndpoint',
  createGatewayEndpoint: 'vpcEndpoint',
  createInterfaceEndpoint: 'vpcEndpoint',
  addSubnet: 'privateSubnet',
  natGatewayZones: 'natGateway',
  routeToNatGateway: 'natGateway',
  moveNatGateway: 'natGateway',
  createNatGateway: 'natGateway',
  endpointPolicy: 'vpcEndpoint',
  bucketPolicy: 'bucket',
  namedPrincipals: 'bucket',
  attachManagedPolicy: 'accessDenied',
  policyCondition: 'accessDenied',
  identityPolicy: 'accessDenied',
  accessPointPolicy: 'accessDenied',
  keyPolicy: 'accessDenied',
  permissionsBoundary: 'accessDenied',
  sessionPolicy: 'accessDenied',
  serviceControlPolicy: 'accessDenied',
  denyException: 'accessDenied',
};

/** What is done to the workload itself has the function's. */
export const iconOf = (kind: CureKind): IconName => ICONS[kind] ?? 'function';

/** Dollars as the language writes them. */
export function dollars(millionths: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency: 'USD', maximumFractionDigits: 6 }).format(millionths / 1e6);
}

/** A sentence of its own begins with a capital letter. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
