/** A small configuration and an answer to it, written by hand: what layout and routing are tested with. */

import type { Card, Check, Diagram, Hop, Path, RouteRow, SubnetBox, VpcBox } from '../../src/types';

export function card(component: string, more: Partial<Card> = {}): Card {
  return {
    component, name: component.slice(component.indexOf('/') + 1), securityGroups: [], interface: 1, interfaces: 1, privateAddresses: [], publicAddress: null,
    runtime: null, timeout: null, detail: null, typeName: null, badState: null, availabilityZones: [], ...more,
  };
}

export function subnet(name: string, table: string, cards: Card[], isPublic = false): SubnetBox {
  return {
    component: `subnet/${name}`, name, cidrs: ['10.0.0.0/24'], public: isPublic, routeTable: `routeTable/${table}`,
    routeTableIsExplicit: true, networkAcl: 'networkAcl/acl', cards,
  };
}

function route(destination: string, target: string | null, pointer: string | null): RouteRow {
  return { destination, target: target?.slice(target.indexOf('/') + 1) ?? 'local', targetComponent: target, blackhole: false, addedByAws: target === null, pointer };
}

const table = (name: string, target: string): VpcBox['routeTables'][number] => ({
  component: `routeTable/${name}`, name, main: false, more: 0,
  routes: [route('10.0.0.0/16', null, null), route('0.0.0.0/0', target, `/routeTables/${name}/routes/0`)],
});

/** A function in a private subnet behind a NAT gateway in a public one; the zones decide the columns. */
export function natDiagram(zones: readonly (readonly SubnetBox[])[] = [[publicSubnet, privateSubnet]]): Diagram {
  return {
    internet: [],
    regions: [
      {
        name: 'us-east-1', assumed: false, cards: [card('bucket/photos', { interface: 0, interfaces: 0 })],
        vpcs: [
          {
            component: 'vpc/main', name: 'main', cidrs: ['10.0.0.0/16'], dnsSupport: true, dnsHostnames: true, dnsServers: [],
            zones: zones.map((subnets, index) => ({ name: `us-east-1${'abcdef'.charAt(index)}`, subnets: [...subnets] })),
            doors: [card('internetGateway/igw'), card('vpcEndpoint/s3', { detail: 'com.amazonaws.us-east-1.s3', typeName: 'Gateway' })],
            routeTables: [table('public', 'internetGateway/igw'), table('private', 'natGateway/nat')],
            networkAcls: [{ component: 'networkAcl/acl', name: 'acl', ingress: [], egress: [] }],
            securityGroups: [{ component: 'securityGroup/sg', name: 'sg', ingress: [], egress: [] }],
          },
        ],
      },
    ],
  };
}

export const publicSubnet = subnet('public', 'public', [card('natGateway/nat', { typeName: 'public' })], true);
export const privateSubnet = subnet('private', 'private', [card('function/f', { securityGroups: ['securityGroup/sg'], timeout: 30 })]);

export function hop(number: number, component: string, where: string | null, more: Partial<Hop> = {}): Hop {
  return {
    number, path: 0, component, subnet: where === null ? null : `subnet/${where}`, direction: 'forward', action: 'allows', actionText: 'allows',
    basis: 'explicitRule', code: null, title: component, detail: '', message: '', rule: '', link: '', pointer: null, traffic: '', alreadyLost: false, ...more,
  };
}

export function check(hops: Hop[], paths: Partial<Path>[] = [{}], more: Partial<Check> = {}): Check {
  return {
    from: 'function/f', to: 's3://photos', port: 443, protocol: 'tcp', verdict: 'succeeds', verdictText: 'Succeeds', expected: null, asExpected: null, unmet: [],
    layer: 'none', layerText: '', summary: '', carriers: [], blockers: [], hops,
    symptom: { log: [], logNew: [], caller: '', callerNew: '', message: '', seconds: null },
    paths: paths.map((path, index) => ({ label: 'ABC'.charAt(index), subnet: 'subnet/private', family: 'ipv4', fate: 'delivered', whole: true, part: '', firstHop: 0, hopCount: hops.length, ...path })),
    assumptions: [], settle: [], ...more,
  };
}

/** The whole way out through the NAT gateway, and the reply's first decision. */
export const natHops: Hop[] = [
  hop(1, 'function/f', 'private', { action: 'starts' }),
  hop(2, 'securityGroup/sg', 'private'),
  hop(3, 'networkAcl/acl', 'private'),
  hop(4, 'routeTable/private', 'private', { action: 'routes', pointer: '/routeTables/private/routes/0', detail: '0.0.0.0/0 → nat' }),
  hop(5, 'networkAcl/acl', 'public'),
  hop(6, 'natGateway/nat', 'public', { action: 'translates' }),
  hop(7, 'networkAcl/acl', 'public'),
  hop(8, 'routeTable/public', 'public', { action: 'routes', pointer: '/routeTables/public/routes/0', detail: '0.0.0.0/0 → igw' }),
  hop(9, 'internetGateway/igw', null, { action: 'forwards' }),
  hop(10, 'bucket/photos', null, { action: 'answers' }),
  hop(11, 'networkAcl/acl', 'public', { direction: 'reply' }),
];
