/** What the menus offer where; whether it makes sense is for the core to say. */

import type { ComponentKind } from '../types';
import type { Kind } from '../words';

/** Kinds with interfaces in a subnet, which can be taken to another. */
const MOVABLE: readonly Kind[] = ['function', 'instance', 'task', 'codeBuildProject', 'natGateway', 'vpcEndpoint', 'networkInterface'];

export const canMove = (kind: Kind): boolean => MOVABLE.includes(kind);

const IN_SUBNET: readonly ComponentKind[] = ['function', 'natGateway', 'instance', 'task', 'codeBuildProject', 'vpcEndpoint', 'networkInterface'];
const IN_VPC: readonly ComponentKind[] = ['subnet', 'internetGateway', 'vpcEndpoint', 'routeTable', 'securityGroup', 'networkAcl', 'egressOnlyInternetGateway'];
const AT_LARGE: readonly ComponentKind[] = ['vpc', 'bucket', 'internetHost', 'prefixList', 'dhcpOptions', 'privateHostedZone'];
const LINKS: readonly ComponentKind[] = ['transitGateway', 'vpcPeeringConnection', 'vpnGateway', 'carrierGateway', 'localGateway', 'coreNetwork'];

/** Lists that a component's own menu adds to. */
const LISTS: Partial<Record<Kind, readonly ('routes' | 'ingress' | 'egress' | 'entries')[]>> = {
  routeTable: ['routes'],
  securityGroup: ['ingress', 'egress'],
  networkAcl: ['ingress', 'egress'],
};

export const listsOf = (kind: Kind): readonly ('routes' | 'ingress' | 'egress' | 'entries')[] => LISTS[kind] ?? [];

/** Kinds that may be added inside a component. */
export const insideOf = (kind: Kind): readonly ComponentKind[] => (kind === 'subnet' ? IN_SUBNET : kind === 'vpc' ? IN_VPC : []);

export const addable = (kind: Kind): readonly unknown[] => [...insideOf(kind), ...listsOf(kind)];

/** Everything that may be added, also without a place. */
export const everywhere: readonly ComponentKind[] = [...new Set([...IN_SUBNET, ...IN_VPC, ...AT_LARGE, ...LINKS])];
