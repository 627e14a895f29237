/** The article's cases: scenarios that the tests run too. */

type Loaded = Promise<{ default: string }>;

const cases = {
  'internet-gateway-only': (): Loaded => import('../../tests/scenarios/article/internet-gateway-only.yaml'),
  'nat-gateway': (): Loaded => import('../../tests/scenarios/article/nat-gateway.yaml'),
  's3-gateway-endpoint': (): Loaded => import('../../tests/scenarios/article/s3-gateway-endpoint.yaml'),
  'nat-instance': (): Loaded => import('../../tests/scenarios/article/nat-instance.yaml'),
  'one-of-two-subnets': (): Loaded => import('../../tests/scenarios/article/one-of-two-subnets.yaml'),
} as const;

export type CaseName = keyof typeof cases;

export const caseNames = Object.keys(cases) as CaseName[];

/** The case's document as JSON text. */
export const loadCase = async (name: CaseName): Promise<string> => (await cases[name]()).default;

export const isCase = (name: string): name is CaseName => name in cases;
