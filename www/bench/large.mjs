/** A document with as many subnets, spread over three zones and four tiers, as a large company's shared VPC. */
export function largeDocument(count = 300) {
  const tiers = ['edge', 'app', 'data', 'mgmt'];
  const zones = ['a', 'b', 'c'];
  const document = {
    region: 'eu-west-1',
    vpcs: { prod: { cidr: '10.0.0.0/8' } },
    subnets: {},
    internetGateways: { igw: {} },
    natGateways: {},
    routeTables: {},
    securityGroups: { app: {}, data: { ingress: [{ protocol: 'tcp', port: 5432, peer: 'app' }] } },
    functions: {},
    instances: {},
    buckets: { exports: {}, photos: {} },
  };
  for (const tier of tiers) for (const zone of zones) document.routeTables[`${tier}-${zone}`] = { subnets: [], routes: [] };
  for (let index = 0; index < count; index += 1) {
    const tier = tiers[Math.floor(index / zones.length) % tiers.length];
    const zone = zones[index % zones.length];
    const name = `${tier}-${zone}-${Math.floor(index / (zones.length * tiers.length)) + 1}`;
    document.subnets[name] = { cidr: `10.${Math.floor(index / 250) + 1}.${index % 250}.0/24`, availabilityZone: `eu-west-1${zone}` };
    document.routeTables[`${tier}-${zone}`].subnets.push(name);
    if (tier === 'app') document.functions[`order-${name}`] = { subnets: [name], securityGroups: ['app'], timeout: 15, runtime: 'nodejs22.x' };
    if (tier === 'data') document.instances[`db-${name}`] = { subnet: name, securityGroups: ['data'] };
  }
  for (const zone of zones) {
    document.natGateways[`nat-${zone}`] = { subnet: `edge-${zone}-1`, elasticIps: [`198.51.100.${zones.indexOf(zone) + 10}`] };
    document.routeTables[`edge-${zone}`].routes.push({ destination: '0.0.0.0/0', target: 'igw' });
    document.routeTables[`app-${zone}`].routes.push({ destination: '0.0.0.0/0', target: `nat-${zone}` });
  }
  return document;
}
