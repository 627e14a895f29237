/** The documents of the cases as JSON text; the same scenarios are run by the tests. */

import internetGatewayOnly from '../../tests/scenarios/article/internet-gateway-only.yaml';
import natGateway from '../../tests/scenarios/article/nat-gateway.yaml';
import natInstance from '../../tests/scenarios/article/nat-instance.yaml';
import oneOfTwoSubnets from '../../tests/scenarios/article/one-of-two-subnets.yaml';
import s3GatewayEndpoint from '../../tests/scenarios/article/s3-gateway-endpoint.yaml';
import type { CaseName } from './cases';

export const caseTexts: Record<CaseName, string> = {
  'internet-gateway-only': internetGatewayOnly,
  'nat-gateway': natGateway,
  's3-gateway-endpoint': s3GatewayEndpoint,
  'nat-instance': natInstance,
  'one-of-two-subnets': oneOfTwoSubnets,
};
