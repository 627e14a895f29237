/** The article's cases: scenarios that the tests run too. */

import internetGatewayOnly from '../../tests/scenarios/article/internet-gateway-only.yaml';
import natGateway from '../../tests/scenarios/article/nat-gateway.yaml';
import natInstance from '../../tests/scenarios/article/nat-instance.yaml';
import oneOfTwoSubnets from '../../tests/scenarios/article/one-of-two-subnets.yaml';
import s3GatewayEndpoint from '../../tests/scenarios/article/s3-gateway-endpoint.yaml';

export const cases = {
  'internet-gateway-only': internetGatewayOnly,
  'nat-gateway': natGateway,
  's3-gateway-endpoint': s3GatewayEndpoint,
  'nat-instance': natInstance,
  'one-of-two-subnets': oneOfTwoSubnets,
} as const;

export type CaseName = keyof typeof cases;

export const caseNames = Object.keys(cases) as CaseName[];

export const isCase = (name: string): name is CaseName => name in cases;
